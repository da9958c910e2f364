import { completeSignupAction } from '@/app/(account)/accounts/signup/complete/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { openedToken } from '@/app/(account)/opened-link';
import { DeadLink } from '@/components/account/dead-link';
import { NewAccountForm } from '@/components/account/new-account-form';
import { ButtonLink } from '@/components/button';
import { NarrowPage } from '@/components/page';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { requireOpen } from '@/lib/extras/account/open';
import { addressOfSignup } from '@/lib/extras/account/signup/signup';

export default loginNotRequired.page(async function CompleteSignupPage({ request }) {
  requireOpen('ACCOUNT_SIGNUP_ENABLED');
  const email = addressOfSignup(await openedToken(request, LINKS.signup));
  if (email === null) {
    return (
      <DeadLink
        title="Register"
        user={request.user}
        why="It is too old or incomplete, or this browser keeps no cookies. No account is made."
      >
        <ButtonLink href="/accounts/signup/">Begin again</ButtonLink>
      </DeadLink>
    );
  }
  return (
    <NarrowPage
      title="Register"
      heading="Choose name and password"
      user={request.user}
      lead={
        <>
          For <bdi className="font-semibold text-ink">{email}</bdi>, which you have just shown to be
          yours.
        </>
      }
    >
      <meta name="referrer" content="same-origin" />
      <NewAccountForm action={completeSignupAction} email={email} button="Register" />
    </NarrowPage>
  );
});
