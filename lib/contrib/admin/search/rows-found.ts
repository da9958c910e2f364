import { orderSql, orderTerms } from '@/lib/contrib/admin/list/ordering';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { findRows } from '@/lib/contrib/admin/rows';
import { db, Prisma } from '@/lib/db/client';
import { searchCondition } from './search';

/**
 * The first rows, `limit` at most, that a model's search finds and this person may view, by the
 * model's own ordering; none for who may not view the model.
 * Django: contrib/admin/views/autocomplete.py AutocompleteJsonView.get_queryset
 */
export async function rowsFound(
  viewer: AdminUser,
  admin: ModelAdmin,
  query: string,
  limit: number,
): Promise<Row[]> {
  if (!(await hasViewPermission(viewer, admin))) return [];
  const found = searchCondition(admin, query);
  if (!found) return [];
  const visible = (await admin.options.getQueryset?.(viewer)) ?? Prisma.sql`TRUE`;
  const ids = await selectIds(admin, {
    where: Prisma.sql`(${visible}) AND (${found})`,
    order: orderSql(admin.meta, orderTerms(admin, [], null)),
    limit,
  });
  return findRows(db, admin.meta, ids);
}
