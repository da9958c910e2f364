import { redirect } from 'next/navigation';
import { keepCodesAction } from '@/app/(mfa)/accounts/2fa/recovery-codes/generate/actions';
import { loginRequired } from '@/app/(mfa)/guards';
import { RecoveryCodes } from '@/components/mfa/recovery-codes';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { Http404 } from '@/lib/core/exceptions';
import { OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { codesToKeep } from '@/lib/extras/mfa/enrolment/new-recovery-codes';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { hasFactor } from '@/lib/extras/mfa/possession';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginRequired.page(async function GenerateCodesPage({ request, searchParams }) {
  const { user } = request;
  const kind = findFactorKind('recovery_codes');
  if (!kind) throw new Http404();
  if (!(await hasFactor(user))) redirect(OVERVIEW_PATH);
  const former = await kind.factorsOf(user.id);
  return (
    <NarrowPage
      title={former.length > 0 ? 'New recovery codes' : 'Recovery codes'}
      user={user}
      lead={
        <>
          For the day on which your device is lost: each is good once in the place of a code.
          {former.length > 0 && ' Those that you had before count until you go on.'}
        </>
      }
    >
      <RecoveryCodes
        codes={await codesToKeep(request, user)}
        username={user.username}
        siteName={settings.SITE_NAME}
        next={getSafeNext(request, searchParams) ?? ''}
        stepUp={{ fields: await stepUpFields(user), isOld: await mustConfirmFirst(request) }}
        action={keepCodesAction}
      />
    </NarrowPage>
  );
});
