import { undoDeletionAction } from '@/app/(account)/accounts/delete/undo/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { openedToken } from '@/app/(account)/opened-link';
import { DeadLink } from '@/components/account/dead-link';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { accountOfUndoDeletion } from '@/lib/extras/account/deletion/undo-deletion';
import { LINKS } from '@/lib/extras/account/links/link-cookies';

export default loginNotRequired.page(async function UndoDeletionPage({ request }) {
  const owner = await accountOfUndoDeletion(await openedToken(request, LINKS.undoDeletion));
  if (!owner) {
    return (
      <DeadLink
        title="Keep the account"
        user={request.user}
        why="It is too old or incomplete, or the account is deleted already."
      />
    );
  }
  return (
    <NarrowPage
      title="Keep the account"
      heading="Keep the account?"
      user={request.user}
      lead={
        <>
          <bdi className="font-semibold text-ink">{owner.username}</bdi> is not deleted, and can
          sign in again.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <ActionForm action={undoDeletionAction} failed="Not kept" isWatched={false}>
        <SubmitButton className="w-full">Keep it</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
