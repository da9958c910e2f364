import type { AdminUser } from '@/lib/contrib/admin/options';
import { ownerRefusals } from '@/lib/contrib/auth/permissions/owner-refusals';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

/** Why somebody may not end these tokens: whose account they may not touch, those they may not end. */
export async function endingRefusals(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const userIds: number[] = [];
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    const rows = await tx.token.findMany({ where, select: { userId: true } });
    userIds.push(...rows.map(({ userId }) => userId));
  }
  return ownerRefusals(tx, actor, { userIds, act: 'ends a token of' });
}
