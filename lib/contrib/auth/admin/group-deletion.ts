import type { AdminRequest } from '@/lib/contrib/admin/options';
import { logPrivilegeChanges } from '@/lib/contrib/auth/events/privilege-events';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import type { TransactionClient } from '@/lib/db/client';
import { actorOf } from './user-changes';

/** Keep in the security log what the groups gave that are about to be deleted. */
export async function logGroupDeletions(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  const groups = await loadGroupPermissions(tx, ids);
  const changes = groups.map(({ id, name, permissions }) => ({
    holder: { kind: 'group' as const, id, name },
    detail: { isDeleted: true, taken: permissions.map(({ perm }) => perm) },
  }));
  await logPrivilegeChanges(tx, { request, actor: actorOf(request) }, changes);
}
