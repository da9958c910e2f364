import { listCondition } from '@/lib/contrib/admin/list/list-condition';
import { parseListQuery } from '@/lib/contrib/admin/list/list-query';
import { orderTerms } from '@/lib/contrib/admin/list/ordering';
import { listRows } from '@/lib/contrib/admin/list/plan';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import type { RowId } from '@/lib/forms/row-id';

/**
 * The ids of the first rows, `limit` at most, that a search of the model's list finds, along the
 * indexes that its list is read by; none for who may not view the model, and for a search of nothing.
 * Django: ChangeList.get_queryset
 */
export async function idsFound(
  viewer: AdminUser,
  admin: ModelAdmin,
  search: string,
  limit: number,
): Promise<RowId[]> {
  if (!(await hasViewPermission(viewer, admin))) return [];
  const query = parseListQuery(new URLSearchParams({ q: search }));
  const condition = await listCondition(admin, viewer, query);
  if (!condition.isFiltered) return [];
  const listed = await listRows(admin, condition, search);
  return listed.ids(orderTerms(admin, [], null), { limit, offset: 0 });
}
