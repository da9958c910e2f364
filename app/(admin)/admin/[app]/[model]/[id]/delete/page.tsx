import { deleteAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { objectCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { DeletionSummary } from '@/components/admin/deletion-summary';
import { DeletionConfirmation } from '@/components/admin/rights/deletion-confirmation';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { collectDeletion } from '@/lib/contrib/admin/deletion/deletion';
import { strOf } from '@/lib/contrib/admin/rows';
import { unreadSeenBy } from '@/lib/contrib/auth/admin/rights/seen-by';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function DeletePage({ request, params }) {
  const { user } = request;
  const admin = adminOr404(params);
  const row = await objectOr404(user, admin, params.id, 'delete');
  const found = await collectDeletion(admin, [row.id], user);
  const review = found.review && (await unreadSeenBy(user, { review: found.review })).review;
  const deletion = { ...found, review };
  const { meta } = admin;
  const isAllowed = deletion.permsNeeded.length + deletion.refusals.length === 0;
  const stepUp = admin.options.isDeletionGuarded && {
    fields: await stepUpFields(user),
    isOld: !isSignInFresh(request),
  };
  const back = `/admin/${meta.appLabel}/${meta.modelName}/${encodeURIComponent(String(row.id))}/change/`;
  return (
    <AdminPage
      request={request}
      title={`Delete ${meta.verboseName}`}
      heading={`Delete “${strOf(admin, row)}”?`}
      crumbs={objectCrumbs(admin, row)}
      lead={isAllowed ? 'This cannot be undone.' : undefined}
    >
      <div className="max-w-3xl space-y-6">
        <DeletionSummary deletion={deletion} actorId={user.id} />
        {isAllowed ? (
          <ActionForm action={deleteAction} failed="Not deleted" isWatched={false}>
            <input type="hidden" name="_model" value={meta.key} />
            <input type="hidden" name="_id" value={String(row.id)} />
            <input type="hidden" name="post" value="yes" />
            {review && <DeletionConfirmation review={review} />}
            {stepUp && <StepUpIfOld {...stepUp} />}
            <div className="flex flex-wrap gap-2">
              <SubmitButton variant="danger">{`Delete this ${meta.verboseName}`}</SubmitButton>
              <ButtonLink href={back}>No, take me back</ButtonLink>
            </div>
          </ActionForm>
        ) : (
          <ButtonLink href={back}>Back</ButtonLink>
        )}
      </div>
    </AdminPage>
  );
});
