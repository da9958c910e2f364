import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { visibleAmong } from '@/lib/contrib/admin/rows';
import type { RequestUser } from '@/lib/contrib/auth/models';
import type { Explanation } from '@/lib/contrib/auth/permissions/decisions';
import { groupAdmin } from './group';

/**
 * Those of these groups whose names the viewer may read: `known`, which are theirs or those of a
 * person whom they may view, and of the others what the admin's list shows them.
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
  if (!(await hasViewPermission(viewer, groupAdmin))) return seen;
  for (const id of await visibleAmong(groupAdmin, others, viewer)) seen.add(id);
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
