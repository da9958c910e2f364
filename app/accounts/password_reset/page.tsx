import { PasswordResetForm } from '@/app/accounts/password_reset/form';
import { NarrowPage } from '@/components/page';
import { loginNotRequired } from '@/lib/contrib/auth/decorators';

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
