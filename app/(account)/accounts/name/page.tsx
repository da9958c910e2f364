import { nameAction } from '@/app/(account)/accounts/name/actions';
import { loginRequired } from '@/app/(account)/guards';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { NarrowPage } from '@/components/page';
import { Http404 } from '@/lib/core/exceptions';
import { hasNames } from '@/lib/extras/account/name/change-name';
import { requireOpen } from '@/lib/extras/account/open';

export default loginRequired.page(async function NamePage({ request: { user } }) {
  requireOpen('ACCOUNT_CHANGE_NAME');
  if (!hasNames()) throw new Http404();
  const values = { first_name: user.firstName, last_name: user.lastName };
  return (
    <NarrowPage
      title="Change your name"
      user={user}
      lead="What people call you here. You sign in by your username as before."
    >
      <ActionForm action={nameAction} initialValues={values} failed="Not changed">
        <TextField
          name="first_name"
          label="First name"
          required={false}
          autoComplete="given-name"
          dir="auto"
          isFirst
        />
        <TextField
          name="last_name"
          label="Last name"
          required={false}
          autoComplete="family-name"
          dir="auto"
        />
        <SubmitButton className="w-full">Change your name</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
