import { keepFirstCodesAction } from '@/app/(mfa)/accounts/2fa/enroll/recovery-codes/actions';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { RecoveryCodes } from '@/components/mfa/recovery-codes';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { codesToKeep } from '@/lib/extras/mfa/enrolment/new-recovery-codes';

export default loginNotRequired.page(async function FirstCodesPage({ request }) {
  const { user } = await requirePendingLogin(request, 'mfa_recovery_codes');
  return (
    <NarrowPage
      title="Recovery codes"
      user={request.user}
      lead="For the day on which your device is lost: each is good once in the place of a code."
    >
      <RecoveryCodes
        codes={await codesToKeep(request, user)}
        username={user.username}
        siteName={settings.SITE_NAME}
        next=""
        stepUp={null}
        action={keepFirstCodesAction}
      />
    </NarrowPage>
  );
});
