import { removePasskeyAction } from '@/app/(mfa)/accounts/2fa/webauthn/actions';
import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginRequired } from '@/app/(mfa)/guards';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { Name } from '@/components/name';
import { NarrowPage } from '@/components/page';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { PASSKEYS_PATH } from '@/lib/extras/mfa/addresses';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { ownPasskeyOrThrow } from '@/lib/extras/mfa/passkeys/passkeys';
import { parseId } from '@/lib/forms/fields';

export default loginRequired.page<{ id: string }>(async function RemovePasskeyPage({
  request,
  params,
}) {
  passkeysRequired();
  const { user } = request;
  const { id, name } = await ownPasskeyOrThrow(user.id, parseId(params.id));
  return (
    <NarrowPage
      title="Remove a passkey"
      user={user}
      lead={
        <p>
          <Name text={name} /> will not sign you in any more, and your other sessions end. Browsers
          that can be told so will forget it.
        </p>
      }
    >
      <ActionForm action={removePasskeyAction} failed="Not removed" isWatched={false}>
        <input type="hidden" name="id" value={id} />
        <StepUpIfOld fields={await stepUpFields(user)} isOld={await mustConfirmFirst(request)} />
        <div className="flex gap-2">
          <SubmitButton variant="danger">Remove it</SubmitButton>
          <ButtonLink variant="quiet" href={PASSKEYS_PATH}>
            Cancel
          </ButtonLink>
        </div>
      </ActionForm>
    </NarrowPage>
  );
});
