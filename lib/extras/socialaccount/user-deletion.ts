import type { TransactionClient } from '@/lib/db/client';
import { forgetEndedSessions } from './logout/oidc-sessions';

/**
 * What goes with users: where their memberships came from, and by which sign-ins their sessions began,
 * which are deleted by then. Their links go with their rows.
 */
export async function deleteOfUsers(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  await tx.groupSource.deleteMany({ where: { userId: { in: [...ids] } } });
  await forgetEndedSessions(tx);
}
