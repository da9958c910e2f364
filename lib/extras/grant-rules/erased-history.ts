import type { Viewer } from '@/lib/apps/define-config';
import type { Account } from '@/lib/contrib/auth/users/accounts';
import { someOf } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import { notHeld } from './may-grant';

const OWN =
  'Deleted, what you did would go from the history, and you do not hold admin.delete_logentry. Ask the people who run the site to close your account instead.';

// Well below the parameters that a statement may have.
const CHUNK = 10_000;

/**
 * Why people may not be deleted whose entries in the history would go with them, in one sentence;
 * none if they may. `django_admin_log` keeps no entry without its author, so it takes the permission
 * to delete entries, which Django asks for too once they are in the admin.
 * Django: contrib/admin/utils.py get_deleted_objects (perms_needed)
 */
export async function erasedHistory(
  tx: TransactionClient,
  actor: Viewer,
  doomed: readonly Account[],
): Promise<string[]> {
  const needed = [{ id: 0, perm: 'admin.delete_logentry' }];
  if ((await notHeld(actor, needed, tx)).length === 0) return [];
  const authors = new Set<number>();
  for (let start = 0; start < doomed.length; start += CHUNK) {
    const ids = doomed.slice(start, start + CHUNK).map(({ id }) => id);
    const rows = await tx.logEntry.findMany({
      where: { userId: { in: ids } },
      select: { userId: true },
      distinct: ['userId'],
    });
    for (const { userId } of rows) authors.add(userId);
  }
  if (authors.size === 0) return [];
  const names = doomed.filter(({ id }) => authors.has(id)).map(({ username }) => username);
  if (doomed.every(({ id }) => id === actor.id)) return [OWN];
  const whose = `what ${someOf(names)} did would go from the history`;
  return [
    `Deleted, ${whose}, and you do not hold admin.delete_logentry. Take “active” away instead.`,
  ];
}
