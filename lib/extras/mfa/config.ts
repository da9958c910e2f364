import { defineConfig } from '@/lib/apps/define-config';
import { admitWithFactor } from './admission';
import { codeConfirmation } from './confirmations';
import { TOTP_PURPOSE } from './factors/totp-secrets';
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
  loginStages: mfaStages,
  userDeletion: deleteOfUsers,
  userFacts,
});
