import { LoginForm } from '@/app/(auth)/accounts/login/form';
import { SignInWays } from '@/app/(auth)/accounts/login/ways';
import { loginNotRequired } from '@/app/(auth)/guards';
import { SignInNotice } from '@/components/drafts/sign-in-notice';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { settings } from '@/lib/conf/settings';
import { usernameLabel } from '@/lib/contrib/auth/forms';
import { signInWays } from '@/lib/contrib/auth/sign-in/ways';
import { hasLostCookie } from '@/lib/http/lost-cookie';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginNotRequired.page(async function LoginPage({ request, searchParams }) {
  const { user } = request;
  const next = getSafeNext(request, searchParams) ?? '';
  const ways = signInWays(next);
  return (
    <NarrowPage
      title="Sign in"
      user={user}
      lead={
        user.isAuthenticated && (
          <p>
            You are signed in as <bdi className="font-semibold text-ink">{user.username}</bdi>. Sign
            in below to go on as somebody else, or go{' '}
            <TextLink href={settings.LOGIN_REDIRECT_URL}>to your dashboard</TextLink>.
          </p>
        )
      }
    >
      <SignInNotice next={next} hasLostCookie={hasLostCookie()} />
      <LoginForm
        usernameLabel={usernameLabel()}
        next={next}
        isRemembered={!settings.SESSION_EXPIRE_AT_BROWSER_CLOSE}
        hasCeremony={ways.some(({ ceremony }) => ceremony)}
      />
      <SignInWays ways={ways} next={next} />
    </NarrowPage>
  );
});
