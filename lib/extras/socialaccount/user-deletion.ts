import type { TransactionClient } from '@/lib/db/client';
import { claimOf } from './links/social-accounts';

/**
 * What goes with users: where their memberships came from, and by which sign-ins their sessions began.
 * Their links go with their rows.
 */
export async function deleteOfUsers(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  const theirs = { userId: { in: [...ids] } };
  await tx.groupSource.deleteMany({ where: theirs });
  for (const { provider, uid, extraData } of await tx.socialAccount.findMany({ where: theirs })) {
    const issuer = claimOf(extraData, 'iss');
    if (issuer === null) continue;
    await tx.oidcSession.deleteMany({ where: { issuer, subject: uid, provider } });
  }
}
