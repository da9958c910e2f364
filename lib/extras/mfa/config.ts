import { defineConfig } from '@/lib/apps/define-config';
import { TOTP_PURPOSE } from './factors/totp-secrets';
import { deleteOfUsers } from './user-deletion';

/** Stages, a confirmation, and what goes with a user. */
export const mfaConfig = defineConfig('mfa', {
  encryptedColumns: [
    { table: 'auth_totp', column: 'secret', id: 'id', rowKey: 'user_id', purpose: TOTP_PURPOSE },
  ],
  userDeletion: deleteOfUsers,
});
