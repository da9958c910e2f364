import { defineConfig } from '@/lib/apps/define-config';
import { TOTP_PURPOSE } from './factors/totp-secrets';
import { isPasskeyLoginEnabled } from './passkeys/login';
import { passkeyCard } from './passkeys/offer';
import { deleteOfUsers } from './user-deletion';

/** Stages, a confirmation, and what goes with a user. */
export const mfaConfig = defineConfig('mfa', {
  encryptedColumns: [
    { table: 'auth_totp', column: 'secret', id: 'id', rowKey: 'user_id', purpose: TOTP_PURPOSE },
  ],
  accountCards: [passkeyCard],
  signInWays: [
    {
      name: 'passkey',
      label: 'Sign in with a passkey',
      href: '/accounts/2fa/webauthn/login/',
      ceremony: { options: '/accounts/2fa/webauthn/options/' },
      isOffered: isPasskeyLoginEnabled,
    },
  ],
  userDeletion: deleteOfUsers,
});
