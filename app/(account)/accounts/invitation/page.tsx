import { acceptAction } from '@/app/(account)/accounts/invitation/actions';
import { JoinInvitation, OtherAccount } from '@/app/(account)/accounts/invitation/signed-in';
import { loginNotRequired } from '@/app/(account)/guards';
import { openedToken } from '@/app/(account)/opened-link';
import { DeadLink } from '@/components/account/dead-link';
import { NewAccountForm } from '@/components/account/new-account-form';
import { ButtonLink } from '@/components/button';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { getTextList } from '@/lib/core/text';
import { ownersOf } from '@/lib/extras/account/emails/addresses';
import { findInvitation, isInvited } from '@/lib/extras/account/invitations/invitations';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { requireOpen } from '@/lib/extras/account/open';

export default loginNotRequired.page(async function InvitationPage({ request }) {
  requireOpen('INVITATIONS_ENABLED');
  const { user } = request;
  const invitation = await findInvitation(await openedToken(request, LINKS.invitation));
  if (!invitation) {
    return (
      <DeadLink
        title="Invitation"
        user={user}
        why="The invitation is used, over, taken back, or was sent anew since. It may also have been opened in another browser, or this one keeps no cookies. Ask whoever invited you for another one."
      />
    );
  }
  const { email, inviterUsername, groups } = invitation;
  const inviter = inviterUsername === '' ? 'Somebody' : inviterUsername;
  if (user.isAuthenticated) {
    return (await isInvited(user, invitation)) ? (
      <JoinInvitation user={user} invitation={invitation} inviter={inviter} />
    ) : (
      <OtherAccount user={user} email={email} />
    );
  }
  const hasAccount = (await ownersOf(email)).length > 0;
  return (
    <NarrowPage
      title="Invitation"
      heading={
        <>
          <bdi>{inviter}</bdi> invites you
        </>
      }
      user={user}
      lead={
        <>
          To {settings.SITE_NAME}, as <bdi className="font-semibold text-ink">{email}</bdi>
          {groups.length > 0 && (
            <>
              , and into <bdi>{getTextList(groups.map(({ name }) => name))}</bdi>
            </>
          )}
          .{' '}
          {hasAccount
            ? 'This address has an account here: sign in, and you are asked whether you join.'
            : 'Choose a name and a password, and you are in.'}
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      {hasAccount ? (
        <ButtonLink
          href={`${settings.LOGIN_URL}?next=${LINKS.invitation.page}`}
          variant="primary"
          prefetch={false}
          className="w-full"
        >
          Sign in
        </ButtonLink>
      ) : (
        <NewAccountForm action={acceptAction} email={email} button="Accept" />
      )}
    </NarrowPage>
  );
});
