import { defineConfig } from '@/lib/apps/define-config';
import { PASSKEY_LOGIN_PATH, PASSKEY_OPTIONS_PATH } from './addresses';
import { admitWithFactor } from './admission';
import { codeConfirmation } from './confirmations';
import { TOTP_PURPOSE } from './factors/totp-secrets';
import { checkPasskeys } from './passkeys/checks';
import { passkeyConfirmation } from './passkeys/confirmation';
import { isPasskeyLoginEnabled } from './passkeys/login';
import { passkeyCard } from './passkeys/offer';
import { userFacts } from './possession';
import { mfaStages } from './stages';
import { deleteOfUsers } from './user-deletion';

/** Stages of a sign-in, what is asked of whoever is signed in, a confirmation, what goes with a user. */
export const mfaConfig = defineConfig('mfa', {
  admissions: [admitWithFactor],
  checks: [checkPasskeys],
  confirmations: [codeConfirmation, passkeyConfirmation],
  encryptedColumns: [
    { table: 'auth_totp', column: 'secret', id: 'id', rowKey: 'user_id', purpose: TOTP_PURPOSE },
  ],
  accountCards: [passkeyCard],
  signInWays: [
    {
      name: 'passkey',
      label: 'Sign in with a passkey',
      href: PASSKEY_LOGIN_PATH,
      ceremony: { options: PASSKEY_OPTIONS_PATH },
      isOffered: isPasskeyLoginEnabled,
    },
  ],
  loginStages: mfaStages,
  userDeletion: deleteOfUsers,
  userFacts,
});
