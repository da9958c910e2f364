import type { User } from '@/lib/contrib/auth/models';
import { decide } from '@/lib/contrib/auth/permissions/decisions';
import { loadGrants, presetGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { onlyTablesDecide } from '@/lib/contrib/auth/permissions/only-tables';
import { users } from '@/lib/contrib/auth/users/managers';
import type { People } from './matrix-people';
import type { MatrixReview } from './matrix-review';

/**
 * The review without those people for whom nothing changes because another backend than
 * ModelBackend grants or refuses the permission before and after. Each is decided by the code that
 * will decide the next request. Of more than a thousand people the rest is believed to the tables.
 * Not for a transaction: backends query as they like.
 * Django: no counterpart
 */
export async function confirmEffects(review: MatrixReview): Promise<MatrixReview> {
  if (onlyTablesDecide()) return review;
  const effects = [];
  for (const effect of review.effects) {
    const gains = await confirmed(effect.perm, effect.gains, true);
    const losses = await confirmed(effect.perm, effect.losses, false);
    effects.push({ ...effect, gains, losses });
  }
  return { ...review, effects };
}

async function confirmed(perm: string, { count, first }: People, gain: boolean): Promise<People> {
  const kept = [];
  for (const person of first) {
    const user = await users.getById(person.id);
    const supposed = await users.getById(person.id);
    if (!user || !supposed) continue;
    await suppose(supposed, perm, gain);
    const before = await decide(user, perm);
    const after = await decide(supposed, perm);
    if (before.allowed !== gain && after.allowed === gain) kept.push(person);
  }
  return { count: count - first.length + kept.length, first: kept };
}

/** What the tables give to the user, with the permission or without it. */
async function suppose(user: User, perm: string, holds: boolean): Promise<void> {
  const { groups, permissions } = await loadGrants(user);
  const supposed = new Map(permissions);
  if (holds) supposed.set(perm, { perm, name: perm, sources: [{ kind: 'direct' }] });
  else supposed.delete(perm);
  presetGrants(user, { groups, permissions: supposed });
}
