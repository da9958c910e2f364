import { loginNotRequired } from '@/app/(tokens)/guards';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { settings } from '@/lib/conf/settings';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { SERVICE_STAGE } from '@/lib/extras/tokens/service-accounts/stage';

export default loginNotRequired.page(async function ServiceAccountPage({ request }) {
  await requirePendingLogin(request, SERVICE_STAGE);
  return (
    <NarrowPage title="For programs only" user={request.user}>
      <p>
        This account belongs to a program, and nobody signs in to it.{' '}
        <TextLink href={settings.LOGIN_URL}>Sign in as yourself</TextLink>
      </p>
    </NarrowPage>
  );
});
