import type { AdminRequest } from '@/lib/contrib/admin/options';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import { logSecurityEvents } from '@/lib/extras/security-log/security-log';
import { actorOf } from './user-changes';

/** End the sessions of users that are about to be deleted, and keep in the security log who they were. */
export async function logUserDeletions(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await tx.session.deleteMany({ where: { userId: { in: chunk } } });
    const where = { id: { in: chunk } };
    const targets = await tx.user.findMany({ where, select: { id: true, username: true } });
    const actor = actorOf(request);
    const name = 'user_deleted' as const;
    await logSecurityEvents(
      targets.map((target) => ({ name, actor, target, request })),
      tx,
    );
  }
}
