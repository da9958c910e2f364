import { joinAction } from '@/app/(account)/accounts/invitation/actions';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { SendingForm } from '@/components/sending/sending-form';
import type { User } from '@/lib/contrib/auth/models';
import { getTextList } from '@/lib/core/text';
import type { Invitation } from '@/lib/extras/account/invitations/invitations';
import { LINKS } from '@/lib/extras/account/links/link-cookies';

type JoinProps = { user: User; invitation: Invitation; inviter: string };

/** What somebody who has an account is asked. */
export function JoinInvitation({ user, invitation, inviter }: JoinProps) {
  const names = invitation.groups.map(({ name }) => name);
  const what = names.length > 0 ? getTextList(names) : 'the site';
  return (
    <NarrowPage
      title="Invitation"
      heading={
        <>
          Join <bdi>{what}</bdi>?
        </>
      }
      user={user}
      lead={
        <>
          <bdi>{inviter}</bdi> invites you. You are signed in as{' '}
          <bdi className="font-semibold text-ink">{user.username}</bdi>, and this account joins, as
          far as <bdi>{inviter}</bdi> may give it by now.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <SendingForm action={joinAction} failed="Not joined">
        <SubmitButton className="w-full">Join</SubmitButton>
      </SendingForm>
    </NarrowPage>
  );
}

/** For whoever is signed in by another account than the invited one. */
export function OtherAccount({ user, email }: { user: User; email: string }) {
  return (
    <NarrowPage
      title="Invitation"
      heading="This is for another address"
      user={user}
      lead={
        <>
          The invitation is for <bdi className="font-semibold text-ink">{email}</bdi>, which is no
          confirmed address of <bdi className="font-semibold text-ink">{user.username}</bdi>. Sign
          out to accept it, or add the address to your account and open the link once more.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <SendingForm action={logoutAction} failed="Not signed out" isLast>
        <input type="hidden" name="next" value={LINKS.invitation.page} />
        <SubmitButton className="w-full" variant="secondary">
          Sign out
        </SubmitButton>
      </SendingForm>
    </NarrowPage>
  );
}
