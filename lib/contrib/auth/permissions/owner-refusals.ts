import type { Viewer } from '@/lib/apps/define-config';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { fewOf } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import { identityRefusals, type TouchingAct } from './account-rules';

/**
 * Why somebody may not take from these people what they are known by or come in with: a sentence for
 * each of the first few; none if they may. Their accounts stay locked until the transaction ends. Of
 * whoever is gone nothing is said. For `cleanDelete` of rows that belong to people.
 * Django: no counterpart; whoever may delete a model's rows there deletes everybody's
 */
export async function ownerRefusals(
  tx: TransactionClient,
  actor: Viewer,
  { userIds, act }: { userIds: readonly number[]; act: TouchingAct },
): Promise<string[]> {
  const owners = [...new Set(userIds)];
  const accounts = await lockAccounts(tx, owners);
  const people = owners.flatMap((id) => accounts.get(id) ?? []);
  const refusals = await identityRefusals(actor, people, { client: tx, act });
  return fewOf(refusals.values());
}
