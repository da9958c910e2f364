import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

const OF_USERS = [
  'auth_totp',
  'auth_recovery_code',
  'auth_trusted_browser',
  'auth_passkey',
  'auth_passkey_handle',
  'auth_enrollment_ticket',
  'auth_factor_reset',
];

/**
 * Delete the trust and the requests for a reset that have run out, and all of users whom Django has
 * deleted beside us. A ticket that has run out stays: it keeps out whoever has none.
 */
export async function clearExpiredFactors(now = new Date()): Promise<void> {
  await db.trustedBrowser.deleteMany({ where: { expires: { lte: now } } });
  await db.factorReset.deleteMany({ where: { expires: { lte: now } } });
  const { table, columns } = getUserModel();
  const id = identifier(columns['id'] ?? 'id');
  for (const own of OF_USERS) {
    await db.$executeRaw`
      DELETE FROM ${identifier(own)} WHERE NOT EXISTS (
        SELECT 1 FROM ${identifier(table)} u WHERE u.${id} = ${identifier(own)}.user_id)`;
  }
}
