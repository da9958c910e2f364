import { addPasskeyAction, confirmAddAction } from '@/app/(mfa)/accounts/2fa/webauthn/actions';
import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginRequired } from '@/app/(mfa)/guards';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { MakePasskeyForm } from '@/components/webauthn/make-passkey-form';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import { PASSKEY_OPTIONS_PATH } from '@/lib/extras/mfa/addresses';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { awaitsTicket } from '@/lib/extras/mfa/possession';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginRequired.page(async function AddPasskeyPage({ request, searchParams }) {
  passkeysRequired();
  const { user, userAgent } = request;
  const next = getSafeNext(request, searchParams) ?? '';
  const requirement = await factorRequirement(user);
  return (
    <NarrowPage
      title="Add a passkey"
      user={user}
      lead={
        <>
          {requirement && <p>{requirementSentence(requirement)}</p>}
          <p>
            It is kept on this device, on your phone or on a security key, and signs you in without
            your password. Your other sessions end when it is added.
          </p>
        </>
      }
    >
      {(await mustConfirmFirst(request)) ? (
        <ActionForm action={confirmAddAction} failed="Not confirmed" isWatched={false}>
          <input type="hidden" name="next" value={next} />
          <StepUpIfOld fields={await stepUpFields(user)} isOld />
          <SubmitButton>Continue</SubmitButton>
        </ActionForm>
      ) : (
        <MakePasskeyForm
          action={addPasskeyAction}
          options={PASSKEY_OPTIONS_PATH}
          suggestedName={describeUserAgent(userAgent)}
          next={next}
          hasTicket={await awaitsTicket(user)}
        />
      )}
    </NarrowPage>
  );
});
