import { tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import { getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { byValues, isTurned } from './by-values';
import { countWhere, readIds, type Slice } from './read-ids';

/** All rows: those before the page are skipped, or those after it, whichever are fewer. */
export async function fromNearerEnd(
  admin: ModelAdmin,
  terms: readonly OrderTerm[],
  { limit, offset, count }: Slice & { count: number },
): Promise<RowId[]> {
  const size = Math.min(limit, count - offset);
  const after = count - offset - size;
  if (size <= 0 || after >= offset) return inOrder(admin, terms, { limit, offset });
  const ids = await inOrder(admin, terms.map(reversed), { limit: size, offset: after });
  return ids.reverse();
}

/**
 * Where the first term is a yes or no, the rows of either value are read on their own: an index then
 * serves every direction of the terms that follow.
 */
async function inOrder(
  admin: ModelAdmin,
  terms: readonly OrderTerm[],
  slice: Slice,
): Promise<RowId[]> {
  const [first, ...rest] = terms;
  const field = first && getField(admin.meta, first.field);
  if (
    first &&
    field?.kind === 'text' &&
    !field.native &&
    field.isRequired &&
    isTurned(first, rest)
  ) {
    const ids = await byValues(admin, [first, ...rest], slice);
    if (ids) return ids;
  }
  if (field?.kind !== 'boolean' || !field.isRequired) {
    return readIds(
      admin.meta,
      { from: tableOf(admin), where: Prisma.sql`TRUE`, order: orderSql(admin.meta, terms) },
      slice,
    );
  }
  const ids: RowId[] = [];
  let { offset } = slice;
  for (const value of first?.isDescending ? [true, false] : [false, true]) {
    const where = Prisma.sql`${orderSql(admin.meta, [{ field: field.name, isDescending: false }])} = ${value}`;
    const limit = slice.limit - ids.length;
    const order = orderSql(admin.meta, rest);
    const found = await readIds(
      admin.meta,
      { from: tableOf(admin), where, order },
      { limit, offset },
    );
    ids.push(...found);
    if (ids.length === slice.limit) break;
    if (offset > 0) offset = Math.max(0, offset - (await countWhere(admin, where)));
  }
  return ids;
}

function reversed({ field, isDescending }: OrderTerm): OrderTerm {
  return { field, isDescending: !isDescending };
}
