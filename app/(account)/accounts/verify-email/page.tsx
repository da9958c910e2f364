import {
  sendVerifyCodeAction,
  verifyEmailAction,
} from '@/app/(account)/accounts/verify-email/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { CodeField } from '@/components/account/code-field';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { keptCode } from '@/lib/extras/account/links/mailed-code';
import { VERIFY_CODE, verifyEmailStage } from '@/lib/extras/account/verification/stage';

export default loginNotRequired.page(async function VerifyEmailPage({ request }) {
  const { user } = await requirePendingLogin(request, verifyEmailStage.name);
  const isSent = keptCode(request.session, VERIFY_CODE) !== null;
  return (
    <NarrowPage
      title="Confirm your email address"
      user={request.user}
      lead={
        <>
          Before you are in, show that you read the mail to{' '}
          <bdi className="font-semibold text-ink">{user.email}</bdi>.
        </>
      }
    >
      {isSent && (
        <ActionForm action={verifyEmailAction} failed="Not confirmed" isWatched={false}>
          <CodeField />
          <SubmitButton className="w-full">Confirm</SubmitButton>
        </ActionForm>
      )}
      <ActionForm
        action={sendVerifyCodeAction}
        failed="Nothing is sent"
        isWatched={false}
        className={isSent ? 'mt-6 border-t border-line pt-6' : ''}
      >
        <SubmitButton className="w-full" variant={isSent ? 'secondary' : 'primary'}>
          {isSent ? 'Mail me another code' : 'Mail me a code'}
        </SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
