import { confirmByPasskeyAction } from '@/app/(mfa)/accounts/2fa/webauthn/actions';
import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginRequired } from '@/app/(mfa)/guards';
import { ActionForm } from '@/components/forms/action-form';
import { NarrowPage } from '@/components/page';
import { PasskeyField } from '@/components/webauthn/passkey-field';
import { PASSKEY_OPTIONS_PATH } from '@/lib/extras/mfa/addresses';
import { passkeyConfirmation } from '@/lib/extras/mfa/passkeys/confirmation';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginRequired.page(async function ConfirmPage({ request, searchParams }) {
  passkeysRequired();
  const { name, label } = passkeyConfirmation.field;
  return (
    <NarrowPage
      title="Confirm that it is you"
      user={request.user}
      lead="For what asks again who you are. It counts for a while, in all tabs of this browser."
    >
      <ActionForm action={confirmByPasskeyAction} failed="Not confirmed" isWatched={false}>
        <input type="hidden" name="next" value={getSafeNext(request, searchParams) ?? ''} />
        <PasskeyField
          name={name}
          label={label}
          options={PASSKEY_OPTIONS_PATH}
          purpose="confirm"
          variant="primary"
        />
      </ActionForm>
    </NarrowPage>
  );
});
