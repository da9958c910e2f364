import { loginCodeAction } from '@/app/(account)/accounts/login/code/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { EmailField } from '@/components/account/email-field';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { requireOpen } from '@/lib/extras/account/open';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginNotRequired.page(async function LoginCodePage({ request, searchParams }) {
  requireOpen('ACCOUNT_LOGIN_BY_CODE_ENABLED');
  return (
    <NarrowPage
      title="Sign in by a mailed code"
      user={request.user}
      lead="Give the address of your account, and we mail you a code that is good for a few minutes, in this browser only."
    >
      <ActionForm action={loginCodeAction} failed="Nothing is sent" isWatched={false}>
        <input type="hidden" name="next" value={getSafeNext(request, searchParams) ?? ''} />
        <EmailField />
        <SubmitButton className="w-full">Mail me a code</SubmitButton>
        <p>
          <TextLink href="/accounts/login/" prefetch={false}>
            Sign in with a password instead
          </TextLink>
        </p>
      </ActionForm>
    </NarrowPage>
  );
});
