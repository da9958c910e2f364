import type { AdminRequest } from '@/lib/contrib/admin/options';
import { logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import { findSqlRows } from '@/lib/db/sql-delegate';
import { actorOf } from './user-changes';

/** Keep in the security log who the users were that are about to be deleted. */
export async function logUserDeletions(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  const model = getUserModel();
  const { USERNAME_FIELD } = model;
  for (const chunk of chunksOf(ids)) {
    const fields = ['id', USERNAME_FIELD];
    const rows = await findSqlRows(tx, model, { where: { id: { in: chunk } }, fields });
    const targets = rows.map((row) => ({ id: row.id, username: String(row[USERNAME_FIELD]) }));
    const actor = actorOf(request);
    const name = 'user_deleted' as const;
    await logSecurityEvents(
      targets.map((target) => ({ name, actor, target, request })),
      tx,
    );
  }
}
