import { signupAction } from '@/app/(account)/accounts/signup/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { EmailField } from '@/components/account/email-field';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { requireOpen } from '@/lib/extras/account/open';

export default loginNotRequired.page(async function SignupPage({ request }) {
  requireOpen('ACCOUNT_SIGNUP_ENABLED');
  return (
    <NarrowPage
      title="Register"
      user={request.user}
      lead="Give your email address first. We mail you what you need to go on."
    >
      <ActionForm action={signupAction} failed="Nothing is sent" isWatched={false}>
        <EmailField />
        <SubmitButton className="w-full">Go on</SubmitButton>
        <p>
          <TextLink href="/accounts/login/" prefetch={false}>
            Sign in instead
          </TextLink>
        </p>
      </ActionForm>
    </NarrowPage>
  );
});
