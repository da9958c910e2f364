import { ConfirmFirst } from '@/app/(account)/accounts/confirm-identity/confirm-first';
import { usernameAction } from '@/app/(account)/accounts/username/actions';
import { loginRequired } from '@/app/(account)/guards';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { NarrowPage } from '@/components/page';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { requireOpen } from '@/lib/extras/account/open';

const TITLE = 'Change username';

export default loginRequired.page(async function UsernamePage({ request }) {
  requireOpen('ACCOUNT_CHANGE_USERNAME');
  const { user } = request;
  if (!isSignInFresh(request)) {
    return <ConfirmFirst title={TITLE} user={user} page="/accounts/username/" />;
  }
  return (
    <NarrowPage
      title={TITLE}
      user={user}
      lead={
        <>
          You are <bdi className="font-semibold text-ink">{user.username}</bdi>. You stay signed in
          everywhere, and for thirty days nobody, you included, can take the name that you give up.
        </>
      }
    >
      <ActionForm action={usernameAction} failed="Not changed">
        <TextField
          name="username"
          label="New username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <SubmitButton className="w-full">Change username</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
