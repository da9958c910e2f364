import { signupCodeAction } from '@/app/(account)/accounts/signup/sent/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { CodeField } from '@/components/account/code-field';
import { ConsoleMail } from '@/components/console-mail';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { settings } from '@/lib/conf/settings';
import { requireOpen } from '@/lib/extras/account/open';

export default loginNotRequired.page(async function SignupSentPage({ request }) {
  requireOpen('ACCOUNT_SIGNUP_ENABLED');
  return (
    <NarrowPage
      title="Check your mailbox"
      user={request.user}
      lead="If this address can register, a code and a link are on their way to it. For everybody else this page looks the same."
    >
      <ActionForm action={signupCodeAction} failed="Not looked at" isWatched={false}>
        <CodeField />
        <SubmitButton className="w-full">Go on</SubmitButton>
      </ActionForm>
      <div className="mt-6 space-y-4 border-t border-line pt-6">
        <p>
          Nothing there after a few minutes? Look for mail from{' '}
          <bdi>{settings.DEFAULT_FROM_EMAIL}</bdi> in your spam folder.
        </p>
        <ConsoleMail />
        <p>
          <TextLink href="/accounts/signup/">Begin with another address</TextLink>
        </p>
      </div>
    </NarrowPage>
  );
});
