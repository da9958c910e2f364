import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { visibleAmong } from '@/lib/contrib/admin/rows';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import type { People } from '@/lib/contrib/auth/rights/alike-people';
import { confirmEffects } from '@/lib/contrib/auth/rights/asked-backends';
import type { Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import type { Effects } from '@/lib/contrib/auth/rights/effects';

/**
 * Those of these users whose names the viewer may read: whom they may view, and themselves.
 * Django: UserAdmin.get_queryset, has_view_permission
 */
async function usersSeenBy(viewer: User, ids: Iterable<number>): Promise<Set<number>> {
  const wanted = [...ids];
  const seen = new Set(wanted.filter((id) => id === viewer.id));
  if (!(await hasViewPermission(viewer, userAdmin()))) return seen;
  for (const id of await visibleAmong(userAdmin(), wanted, viewer)) seen.add(id);
  return seen;
}

/**
 * A review as the actor may read it: with the names of those only whom they may see, and with how
 * many there are of all.
 */
export async function reviewSeenBy<R extends Pick<Effects, 'effects' | 'statuses'>>(
  actor: User,
  review: R,
): Promise<R> {
  const all = [...review.effects, ...review.statuses];
  const ids = all.flatMap(({ gains, losses }) => [...gains.first, ...losses.first]);
  const seen = await usersSeenBy(actor, new Set(ids.map(({ id }) => id)));
  const named = ({ count, first }: People) => ({
    count,
    first: first.filter(({ id }) => seen.has(id)),
  });
  const asSeen = <E extends { gains: People; losses: People }>(effect: E): E => ({
    ...effect,
    gains: named(effect.gains),
    losses: named(effect.losses),
  });
  return {
    ...review,
    effects: review.effects.map(asSeen),
    statuses: review.statuses.map(asSeen),
  };
}

/** What somebody is to read before it is written, as they may read it. Not for a transaction. */
export async function unreadSeenBy(actor: User, unread: Unconfirmed): Promise<Unconfirmed> {
  const review = await confirmEffects(unread.review);
  return { ...unread, review: await reviewSeenBy(actor, review) };
}
