import { brought } from '@/lib/apps/registry';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import type { Explanation } from './decisions';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Whom the app shows which of these groups: those may read their names anywhere. */
    readonly groupsSeen?: readonly ((
      viewer: User,
      ids: readonly number[],
    ) => Promise<readonly number[]>)[];
  }
}

/**
 * Those of these groups whose names the viewer may read: `known`, which are theirs or those of a
 * person whom they may view, and of the others what an app shows them, such as the admin in its list.
 * Django: GroupAdmin.get_queryset, has_view_permission
 */
export async function groupNamesSeenBy(
  viewer: RequestUser,
  ids: readonly number[],
  known: readonly number[],
): Promise<Set<number>> {
  const seen = new Set(known);
  const others = [...new Set(ids)].filter((id) => !seen.has(id));
  if (others.length === 0 || !viewer.isAuthenticated) return seen;
  for (const groupsSeen of brought('groupsSeen')) {
    for (const id of await groupsSeen(viewer, others)) seen.add(id);
  }
  return seen;
}

/**
 * An explanation as somebody may read it: of where a refused permission could come from without the
 * groups whose names they may not read, which `hiddenGroups` counts. `known` are ids of groups that
 * are no secret to them.
 * Django: no counterpart
 */
export async function explanationSeenBy<E extends Explanation>(
  viewer: RequestUser,
  explanation: E,
  known: readonly number[],
): Promise<E & { hiddenGroups: number }> {
  const places = explanation.places.flatMap((each) => (each.kind === 'group' ? [each.id] : []));
  const seen = await groupNamesSeenBy(viewer, places, known);
  return {
    ...explanation,
    places: explanation.places.filter((place) => place.kind !== 'group' || seen.has(place.id)),
    hiddenGroups: new Set(places.filter((id) => !seen.has(id))).size,
  };
}
