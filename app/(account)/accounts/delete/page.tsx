import { ConfirmFirst } from '@/app/(account)/accounts/confirm-identity/confirm-first';
import { deleteAccountAction } from '@/app/(account)/accounts/delete/actions';
import { loginRequired } from '@/app/(account)/guards';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { settings } from '@/lib/conf/settings';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { inWords } from '@/lib/contrib/auth/mails/password-reset-mail';
import { requireOpen } from '@/lib/extras/account/open';

const TITLE = 'Delete your account';

export default loginRequired.page(async function DeleteAccountPage({ request }) {
  requireOpen('ACCOUNT_DELETION_ENABLED');
  const { user } = request;
  if (!isSignInFresh(request)) {
    return <ConfirmFirst title={TITLE} user={user} page="/accounts/delete/" />;
  }
  const grace = settings.ACCOUNT_DELETION_GRACE;
  return (
    <NarrowPage
      title={TITLE}
      user={user}
      lead={
        grace > 0
          ? `It is closed at once and deleted after ${inWords(grace)}, with all that is yours here. Until then a link in a mail brings it back.`
          : 'It is deleted at once, with all that is yours here. Nobody can bring it back.'
      }
    >
      <div className="space-y-6">
        <p>
          You may want your data first:{' '}
          <TextLink href="/accounts/export/">export your data</TextLink>.
        </p>
        <ActionForm action={deleteAccountAction} failed="Nothing is deleted" isWatched={false}>
          <TextField
            name="username"
            label="Your username"
            hint={`Type ${user.getUsername()} to show that you mean it.`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <SubmitButton variant="danger" className="w-full">
            Delete my account
          </SubmitButton>
        </ActionForm>
      </div>
    </NarrowPage>
  );
});
