import { undoEmailAction } from '@/app/(account)/accounts/email/undo/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { openedToken } from '@/app/(account)/opened-link';
import { DeadLink } from '@/components/account/dead-link';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { accountOfUndo } from '@/lib/extras/account/emails/undo';
import { LINKS } from '@/lib/extras/account/links/link-cookies';

export default loginNotRequired.page(async function UndoEmailPage({ request }) {
  const opened = await accountOfUndo(await openedToken(request, LINKS.undoEmail));
  if (!opened) {
    return (
      <DeadLink
        title="Undo the change"
        user={request.user}
        why="It is too old or incomplete. If somebody else has your account, tell the people who run this site."
      />
    );
  }
  return (
    <NarrowPage
      title="Undo the change"
      heading="Put the address back?"
      user={request.user}
      lead={
        <>
          <bdi className="font-semibold text-ink">{opened.email}</bdi> becomes the address of{' '}
          <bdi className="font-semibold text-ink">{opened.user.username}</bdi> again. What was added
          since is removed, and every session of the account ends, yours too.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <ActionForm action={undoEmailAction} failed="Nothing is undone" isWatched={false}>
        <SubmitButton className="w-full">Undo it</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
