import { confirmCodeAction } from '@/app/(account)/accounts/login/code/confirm/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { CodeField } from '@/components/account/code-field';
import { ConsoleMail } from '@/components/console-mail';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { requireOpen } from '@/lib/extras/account/open';

export default loginNotRequired.page(async function ConfirmCodePage({ request }) {
  requireOpen('ACCOUNT_LOGIN_BY_CODE_ENABLED');
  return (
    <NarrowPage
      title="Type the code"
      heading="Check your mailbox"
      user={request.user}
      lead="If an account has this address, a code is on its way to it. For everybody else this page looks the same."
    >
      <ActionForm action={confirmCodeAction} failed="Not signed in" isWatched={false}>
        <CodeField />
        <SubmitButton className="w-full">Sign in</SubmitButton>
        <ConsoleMail />
        <p>
          <TextLink href="/accounts/login/code/">Ask for another code</TextLink>
        </p>
      </ActionForm>
    </NarrowPage>
  );
});
