import { decide } from '@/lib/contrib/auth/permissions/decisions';
import { onlyTablesDecide } from '@/lib/contrib/auth/permissions/only-tables';
import { suppose } from '@/lib/contrib/auth/permissions/suppositions';
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
    if (!user) continue;
    const supposed = await suppose(
      user,
      gain ? { grant: [{ perm, name: perm }] } : { lack: [perm] },
    );
    const before = await decide(user, perm);
    const after = await decide(supposed, perm);
    if (before.allowed !== gain && after.allowed === gain) kept.push(person);
  }
  return { count: count - first.length + kept.length, first: kept };
}
