import { undoAnswer } from '@/app/(admin)/admin/undo/answer';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { UndoForm } from '@/components/admin/rights/undo-bar';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { undoOffered } from '@/lib/contrib/auth/rights/undo-offer';

export default staffMemberRequired.page(async function UndoPage({ request }) {
  const offer = await undoOffered(request);
  const proofError = undoAnswer.take()?.proofError;
  return (
    <AdminPage request={request} title="Undo" hasUndo={false}>
      {offer ? (
        <UndoForm
          offer={offer}
          stepUp={
            isSignInFresh(request)
              ? null
              : { fields: await stepUpFields(request.user), error: proofError }
          }
        />
      ) : (
        <p>There is nothing to undo. A change can be undone for five minutes.</p>
      )}
    </AdminPage>
  );
});
