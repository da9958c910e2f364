import { defineConfig } from '@/lib/apps/define-config';
import { admitWithFactor } from './admission';
import { codeConfirmation } from './confirmations';
import { TOTP_PURPOSE } from './factors/totp-secrets';
import { isPasskeyLoginEnabled } from './passkeys/login';
import { passkeyCard } from './passkeys/offer';
import { userFacts } from './possession';
import { mfaStages } from './stages';
import { deleteOfUsers } from './user-deletion';

/** Stages of a sign-in, what is asked of whoever is signed in, a confirmation, what goes with a user. */
export const mfaConfig = defineConfig('mfa', {
  admissions: [admitWithFactor],
  confirmations: [codeConfirmation],
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
  loginStages: mfaStages,
  userDeletion: deleteOfUsers,
  userFacts,
});
