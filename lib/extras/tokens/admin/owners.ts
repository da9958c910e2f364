import type { AdminUser } from '@/lib/contrib/admin/options';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { fewOf } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

/** Why somebody may not end these tokens: whose account they may not touch, those they may not end. */
export async function endingRefusals(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const owners = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    const rows = await tx.token.findMany({ where, select: { userId: true } });
    for (const { userId } of rows) owners.add(userId);
  }
  const accounts = await lockAccounts(tx, [...owners]);
  const meant = [...owners].flatMap((id) => accounts.get(id) ?? []);
  const refusals = await identityRefusals(actor, meant, { client: tx, act: 'ends a token of' });
  return fewOf(refusals.values());
}
