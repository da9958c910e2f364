import { FirstPassword } from '@/app/(auth)/accounts/password_change/first-password';
import { PasswordChangeForm } from '@/app/(auth)/accounts/password_change/form';
import { loginRequired } from '@/app/(auth)/guards';
import { NarrowPage } from '@/components/page';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import { confirmationsOf } from '@/lib/contrib/auth/confirmations/confirmation';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { maySetFirstPassword } from '@/lib/contrib/auth/passwords/first-password';

export default loginRequired.page(async function PasswordChangePage({ request }) {
  refuseImpersonation(request);
  const { user } = request;
  if (await maySetFirstPassword(user)) {
    const fields = (await confirmationsOf(user)).map(({ field }) => field);
    return <FirstPassword user={user} fields={fields} isFresh={isSignInFresh(request)} />;
  }
  if (!user.hasUsablePassword()) {
    return (
      <NarrowPage
        title="Change password"
        user={user}
        lead="Your account has no password here, so there is none to change. Ask the people who run this site if you need one."
      />
    );
  }
  return (
    <NarrowPage
      title="Change password"
      user={user}
      lead="You stay signed in here. Everywhere else you are signed out."
    >
      <PasswordChangeForm user={user} />
    </NarrowPage>
  );
});
