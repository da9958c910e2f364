import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginRequired } from '@/app/(mfa)/guards';
import { ButtonLink } from '@/components/button';
import { PasskeyList } from '@/components/mfa/passkey-list';
import { Page } from '@/components/page';
import { TellAuthenticators } from '@/components/webauthn/tell-authenticators';
import { ADD_PASSKEY_PATH } from '@/lib/extras/mfa/addresses';
import { ownPasskeys } from '@/lib/extras/mfa/passkeys/own-passkeys';
import { MOST_PASSKEYS, passkeysOf } from '@/lib/extras/mfa/passkeys/passkeys';

export default loginRequired.page(async function PasskeysPage({ request: { user } }) {
  passkeysRequired();
  const passkeys = await passkeysOf(user.id);
  const own = await ownPasskeys(user, passkeys);
  return (
    <Page
      title="Passkeys"
      user={user}
      lead="A passkey signs you in with your fingerprint, your face or the PIN of your device, and nobody can guess it or talk you out of it."
      actions={
        passkeys.length < MOST_PASSKEYS && (
          <ButtonLink variant="primary" href={ADD_PASSKEY_PATH}>
            Add a passkey
          </ButtonLink>
        )
      }
    >
      <PasskeyList passkeys={passkeys} />
      {own && <TellAuthenticators passkeys={own} />}
    </Page>
  );
});
