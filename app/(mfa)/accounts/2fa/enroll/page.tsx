import { enrollAction, enrollPasskeyAction } from '@/app/(mfa)/accounts/2fa/enroll/actions';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { TotpSetup } from '@/components/mfa/totp-setup';
import { NarrowPage } from '@/components/page';
import { MakePasskeyForm } from '@/components/webauthn/make-passkey-form';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import { PASSKEY_OPTIONS_PATH } from '@/lib/extras/mfa/addresses';
import { newEnrolment } from '@/lib/extras/mfa/enrolment/totp-enrolment';
import { requiredKinds } from '@/lib/extras/mfa/factors/kinds';
import { awaitsTicket } from '@/lib/extras/mfa/possession';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import { whoEnrolls } from '@/lib/extras/mfa/who';

export default loginNotRequired.page(async function EnrollPage({ request }) {
  const user = await whoEnrolls(request);
  const requirement = await factorRequirement(user);
  const lead = requirement
    ? requirementSentence(requirement)
    : 'Your second factors were reset: set up a new one.';
  const names = requiredKinds().map(({ name }) => name);
  const needsTicket = await awaitsTicket(user);
  const passkey = names.includes('webauthn') && (
    <MakePasskeyForm
      action={enrollPasskeyAction}
      options={PASSKEY_OPTIONS_PATH}
      suggestedName={describeUserAgent(request.userAgent)}
      next=""
      hasTicket={needsTicket}
    />
  );
  if (!names.includes('totp')) {
    return (
      <NarrowPage title="Set up a second factor" user={request.user} lead={lead}>
        {passkey || <p>None can be set up on this page. Ask the people who run this site.</p>}
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title="Set up a second factor" user={request.user} lead={lead}>
      <TotpSetup
        {...(await newEnrolment(request, user))}
        next=""
        needsTicket={needsTicket}
        stepUp={null}
        action={enrollAction}
      />
      {passkey && !needsTicket && (
        <details className="mt-6 border-t border-line pt-4">
          <summary className="text-muted">Use a passkey instead</summary>
          <div className="mt-4">{passkey}</div>
        </details>
      )}
    </NarrowPage>
  );
});
