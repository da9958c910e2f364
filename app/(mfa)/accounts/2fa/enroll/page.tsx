import { enrollAction } from '@/app/(mfa)/accounts/2fa/enroll/actions';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { TotpSetup } from '@/components/mfa/totp-setup';
import { NarrowPage } from '@/components/page';
import { newEnrolment } from '@/lib/extras/mfa/enrolment/totp-enrolment';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import { awaitsTicket } from '@/lib/extras/mfa/possession';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import { whoEnrolls } from '@/lib/extras/mfa/who';

export default loginNotRequired.page(async function EnrollPage({ request }) {
  const user = await whoEnrolls(request);
  const requirement = await factorRequirement(user);
  const lead = requirement
    ? requirementSentence(requirement)
    : 'Your second factors were reset: set up a new one.';
  if (!findFactorKind('totp')) {
    return (
      <NarrowPage title="Set up a second factor" user={request.user} lead={lead}>
        <p>None can be set up on this page. Ask the people who run this site.</p>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title="Set up a second factor" user={request.user} lead={lead}>
      <TotpSetup
        {...(await newEnrolment(request, user))}
        next=""
        needsTicket={await awaitsTicket(user)}
        stepUp={null}
        action={enrollAction}
      />
    </NarrowPage>
  );
});
