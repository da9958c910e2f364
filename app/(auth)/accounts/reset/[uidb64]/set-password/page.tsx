import { SetPasswordForm } from '@/app/(auth)/accounts/reset/[uidb64]/set-password/form';
import { openedLink } from '@/app/(auth)/accounts/reset/link-cookie';
import { loginNotRequired } from '@/app/(auth)/guards';
import { ButtonLink } from '@/components/button';
import { NarrowPage } from '@/components/page';
import type { RequestUser } from '@/lib/contrib/auth/models';

export default loginNotRequired.page(async function SetPasswordPage({ request, params }) {
  const opened = await openedLink(request);
  if (!opened || opened.link.uidb64 !== params['uidb64']) {
    return <Unsuccessful user={request.user} />;
  }
  const { username } = opened.user;
  return (
    <NarrowPage
      title="Choose a new password"
      user={request.user}
      lead={
        <>
          For <bdi className="font-semibold text-ink">{username}</bdi>. Every session of this
          account ends, and you sign in with the new password.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <SetPasswordForm user={opened.user} />
    </NarrowPage>
  );
});

function Unsuccessful({ user }: { user: RequestUser }) {
  return (
    <NarrowPage
      title="Password reset unsuccessful"
      heading="This link does not work"
      user={user}
      lead="It is used, too old or incomplete, or you have signed in since it was sent. It may also have been opened in another browser, or this one keeps no cookies. Your password is unchanged."
    >
      <meta name="referrer" content="same-origin" />
      <ButtonLink href="/accounts/password_reset/">Ask for another link</ButtonLink>
    </NarrowPage>
  );
}
