import { redirect } from 'next/navigation';
import { activateTotpAction } from '@/app/(mfa)/accounts/2fa/totp/activate/actions';
import { loginRequired } from '@/app/(mfa)/guards';
import { TotpSetup } from '@/components/mfa/totp-setup';
import { NarrowPage } from '@/components/page';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { Http404 } from '@/lib/core/exceptions';
import { OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { newEnrolment } from '@/lib/extras/mfa/enrolment/totp-enrolment';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { awaitsTicket } from '@/lib/extras/mfa/possession';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginRequired.page(async function ActivateTotpPage({ request, searchParams }) {
  const { user } = request;
  const kind = findFactorKind('totp');
  if (!kind) throw new Http404();
  if ((await kind.factorsOf(user.id)).length > 0) redirect(OVERVIEW_PATH);
  const requirement = await factorRequirement(user);
  return (
    <NarrowPage
      title="Set up an authenticator app"
      user={user}
      lead={
        <>
          {requirement && <p>{requirementSentence(requirement)}</p>}
          <p>From then on you enter a code of it after your password.</p>
        </>
      }
    >
      <TotpSetup
        {...(await newEnrolment(request, user))}
        next={getSafeNext(request, searchParams) ?? ''}
        needsTicket={await awaitsTicket(user)}
        stepUp={{ fields: await stepUpFields(user), isOld: await mustConfirmFirst(request) }}
        action={activateTotpAction}
      />
    </NarrowPage>
  );
});
