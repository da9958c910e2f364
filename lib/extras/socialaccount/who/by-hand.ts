import { extendAdmin } from '@/lib/contrib/admin/additions';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import { idsIn } from '@/lib/forms/fields';

/**
 * What somebody takes or gives in the admin is by their hand from then on: a provider that gave the same
 * membership before has no part in it until it gives it anew.
 */
export const membershipsByHand = extendAdmin('auth.user', {
  async saved(tx, { before, values, id }) {
    if (!('groups' in values)) return null;
    const [held, kept] = [groupsIn(before), groupsIn(values)];
    const taken = held.filter((each) => !kept.includes(each));
    const given = kept.filter((each) => !held.includes(each));
    for (const chunk of chunksOf([...taken, ...given])) {
      await tx.groupSource.deleteMany({ where: { userId: id, groupId: { in: chunk } } });
    }
    return null;
  },
});

/** The same of many people whom an action moves. */
export async function forgetSources(
  tx: TransactionClient,
  { userIds, groupId }: { userIds: readonly number[]; groupId: number },
): Promise<void> {
  for (const chunk of chunksOf(userIds)) {
    await tx.groupSource.deleteMany({ where: { userId: { in: [...chunk] }, groupId } });
  }
}

function groupsIn(record: object | null): number[] {
  return record ? idsIn(Reflect.get(record, 'groups')) : [];
}
