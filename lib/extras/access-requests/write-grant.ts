import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userGroupsTable, userPermissionsTable } from '@/lib/contrib/auth/users/user-table';
import { ValidationError } from '@/lib/core/exceptions';
import type { TransactionClient } from '@/lib/db/client';

/** What is given to whom, until when (null: for good), by whom and why. */
export type NewGrant = {
  userId: number;
  given: { permissionId: number } | { groupId: number };
  until: Date | null;
  granter: string;
  reason: string;
};

/**
 * Write what is given: for a time into this app's own table, for good into Django's, as the admin does.
 * Gives the name of what changed, for the history.
 */
export async function writeGrant(
  tx: TransactionClient,
  { userId, given, until, granter, reason }: NewGrant,
  now: Date,
): Promise<string> {
  if (until !== null) {
    const what =
      'groupId' in given ? { groupId: given.groupId } : { permissionId: given.permissionId };
    const row = { userId, ...what, until, created: now, granter, reason };
    await tx.timedGrant.create({ data: row, select: { id: true } });
    return 'Grants for a time';
  }
  const { groups, userPermissions } = getUserModel();
  if (!('groupId' in given ? groups : userPermissions)) {
    throw new ValidationError('This can be given for a time only.', 'refused', 'duration');
  }
  if ('groupId' in given) {
    const { table, user } = userGroupsTable();
    await tx.$executeRaw`
      INSERT INTO ${table} (${user}, group_id) VALUES (${userId}, ${given.groupId})
      ON CONFLICT DO NOTHING`;
    return 'Groups';
  }
  const { table, user } = userPermissionsTable();
  await tx.$executeRaw`
    INSERT INTO ${table} (${user}, permission_id) VALUES (${userId}, ${given.permissionId})
    ON CONFLICT DO NOTHING`;
  return 'User permissions';
}
