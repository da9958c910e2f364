import type { TransactionClient } from '@/lib/db/client';

/**
 * What goes with users: the invitations that they accepted, which hold their addresses, their names in
 * those that they sent, and what they had asked for. Their addresses go with their rows.
 */
export async function deleteOfUsers(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  const theirs = { in: [...ids] };
  await tx.invitation.deleteMany({ where: { userId: theirs } });
  await tx.invitation.updateMany({
    where: { inviterId: theirs },
    data: { inviterId: null, inviterUsername: '' },
  });
  await tx.accountDeletion.deleteMany({ where: { userId: theirs } });
}
