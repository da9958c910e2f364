import { extendAdmin } from '@/lib/contrib/admin/additions';
import { chunksOf } from '@/lib/db/chunks';
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

function groupsIn(record: object | null): number[] {
  return record ? idsIn(Reflect.get(record, 'groups')) : [];
}
