import { loginNotRequired } from '@/app/(auth)/guards';
import { ButtonLink } from '@/components/button';
import { NarrowPage } from '@/components/page';

export default loginNotRequired.page(async function PasswordResetCompletePage({ request }) {
  return (
    <NarrowPage
      title="Password reset complete"
      heading="Your password is set"
      user={request.user}
      lead="All sessions of the account have ended. Sign in with the new password."
    >
      <ButtonLink href="/accounts/login/" variant="primary" prefetch={false}>
        Sign in
      </ButtonLink>
    </NarrowPage>
  );
});
