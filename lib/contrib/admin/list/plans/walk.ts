import { tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { readIds, type Slice } from './read-ids';

// Rows. What more rows than are counted fit stands close together, mostly: the first walk fills a
// page of one row in twenty, the second of one in two hundred (decision 21).
const ROWS_OF_WALKS = [2_000, 20_000];

/**
 * Read the rows in their order and keep those that fit. Null if the page is not full after twenty
 * thousand: the rest may stand at the far end. `IS TRUE` keeps the planner from any other index.
 */
export async function walked(
  admin: ModelAdmin,
  where: Prisma.Sql,
  { terms, slice }: { terms: readonly OrderTerm[]; slice: Slice },
): Promise<RowId[] | null> {
  const order = orderSql(admin.meta, terms);
  for (const rows of ROWS_OF_WALKS) {
    const most = rows + 2 * slice.offset;
    const first = Prisma.sql`(SELECT t.* FROM ${tableOf(admin)} ORDER BY ${order} LIMIT ${most}) AS t`;
    const ids = await readIds(
      admin.meta,
      { from: first, where: Prisma.sql`(${where}) IS TRUE`, order },
      slice,
    );
    if (ids.length === slice.limit) return ids;
  }
  return null;
}
