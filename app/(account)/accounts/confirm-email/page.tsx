import { confirmEmailAction } from '@/app/(account)/accounts/confirm-email/actions';
import { loginRequired } from '@/app/(account)/guards';
import { openedToken } from '@/app/(account)/opened-link';
import { DeadLink } from '@/components/account/dead-link';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { addressOfLink } from '@/lib/extras/account/emails/confirm';
import { LINKS } from '@/lib/extras/account/links/link-cookies';

export default loginRequired.page(async function ConfirmEmailPage({ request }) {
  const { user } = request;
  const email = addressOfLink(user, await openedToken(request, LINKS.confirmEmail));
  if (email === null) {
    return (
      <DeadLink
        title="Confirm an address"
        user={user}
        why="It is too old or incomplete, or it is not for the account that you are signed in with."
      >
        <ButtonLink href="/accounts/email/">Look at your addresses</ButtonLink>
      </DeadLink>
    );
  }
  return (
    <NarrowPage
      title="Confirm an address"
      user={user}
      lead={
        <>
          Use <bdi className="font-semibold text-ink">{email}</bdi> for{' '}
          <bdi className="font-semibold text-ink">{user.username}</bdi>? If the account has another
          address, this one takes its place, and your other sessions end.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <ActionForm action={confirmEmailAction} failed="Not confirmed" isWatched={false}>
        <SubmitButton className="w-full">Confirm</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
