import { PasswordResetForm } from '@/app/(auth)/accounts/password_reset/form';
import { loginNotRequired } from '@/app/(auth)/guards';
import { NarrowPage } from '@/components/page';

export default loginNotRequired.page(async function PasswordResetPage({ request }) {
  return (
    <NarrowPage
      title="Reset password"
      heading="Forgotten your password?"
      user={request.user}
      lead="Give the address of your account, and we mail you a link with which you choose a new password."
    >
      <PasswordResetForm />
    </NarrowPage>
  );
});
