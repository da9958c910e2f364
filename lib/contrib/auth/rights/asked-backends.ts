import { decide } from '@/lib/contrib/auth/permissions/decisions';
import { onlyTablesDecide } from '@/lib/contrib/auth/permissions/only-tables';
import { type Supposition, suppose } from '@/lib/contrib/auth/permissions/suppositions';
import { users } from '@/lib/contrib/auth/users/managers';
import type { People } from './alike-people';
import type { Effects, PermissionEffect } from './effects';
import type { HolderChange } from './holder-change';

type Asked = Pick<Effects, 'effects'> & { holders: readonly HolderChange[] };

/**
 * The review without those people for whom nothing changes because another backend than
 * ModelBackend grants or refuses the permission before and after. Each is decided by the code that
 * will decide the next request. Of more than a thousand people the rest is believed to the tables.
 * Not for a transaction: backends query as they like.
 * Django: no counterpart
 */
export async function confirmEffects<R extends Asked>(review: R): Promise<R> {
  if (onlyTablesDecide()) return review;
  const statuses = new Map(
    review.holders.flatMap(({ kind, id, status }) => (kind === 'user' ? [[id, status]] : [])),
  );
  const ask = (perm: string, people: People, isGain: boolean) =>
    confirmed(people, async (id) => {
      const user = await users.getById(id);
      if (!user) return false;
      const { isActive, isSuperuser } = statuses.get(id) ?? {};
      const then: Supposition = {
        ...(isActive !== undefined && { isActive }),
        ...(isSuperuser !== undefined && { isSuperuser }),
        ...(isGain ? { grant: [{ perm, name: perm }] } : { lack: [perm] }),
      };
      const before = await decide(user, perm);
      const after = await decide(await suppose(user, then), perm);
      return before.allowed !== isGain && after.allowed === isGain;
    });
  const effects: PermissionEffect[] = [];
  for (const effect of review.effects) {
    const { perm } = effect;
    const gains = await ask(perm, effect.gains, true);
    const losses = await ask(perm, effect.losses, false);
    effects.push({ ...effect, gains, losses });
  }
  return { ...review, effects };
}

async function confirmed(
  { count, first }: People,
  isMoved: (id: number) => Promise<boolean>,
): Promise<People> {
  const kept = [];
  for (const person of first) if (await isMoved(person.id)) kept.push(person);
  return { count: count - first.length + kept.length, first: kept };
}
