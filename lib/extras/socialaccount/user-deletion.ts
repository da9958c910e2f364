import type { TransactionClient } from '@/lib/db/client';

/**
 * What goes with users: where their memberships came from. Their links go with their rows, and what is
 * known of sessions with these.
 */
export async function deleteOfUsers(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  await tx.groupSource.deleteMany({ where: { userId: { in: [...ids] } } });
}
