import { loginRequired } from '@/app/(auth)/guards';
import { ButtonLink } from '@/components/button';
import { NarrowPage } from '@/components/page';

export default loginRequired.page(async function PasswordChangeDonePage({ request }) {
  const { user } = request;
  return (
    <NarrowPage
      title="Password changed"
      heading="Your password is changed"
      user={user}
      lead={
        user.email === ''
          ? 'You are still signed in here, and nowhere else.'
          : 'You are still signed in here, and nowhere else. A note about it goes to your email address.'
      }
    >
      <ButtonLink href="/dashboard/">Go to your dashboard</ButtonLink>
    </NarrowPage>
  );
});
