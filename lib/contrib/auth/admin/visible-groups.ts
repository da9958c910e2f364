import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { visibleAmong } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import { groupAdmin } from './group';

/**
 * Those of these groups that the admin's list shows to somebody.
 * Django: GroupAdmin.get_queryset, has_view_permission
 */
export async function groupsInAdmin(viewer: User, ids: readonly number[]): Promise<number[]> {
  if (!(await hasViewPermission(viewer, groupAdmin))) return [];
  return visibleAmong(groupAdmin, ids, viewer);
}
