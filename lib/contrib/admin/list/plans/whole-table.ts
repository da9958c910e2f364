import { tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { databaseProvider, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
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
 * Where the first term has few values, the rows of each are read on their own: an index then serves
 * every direction of the terms that follow.
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
  const parts = first && field ? partsInOrder(first, field) : null;
  if (!parts) {
    return readIds(
      admin.meta,
      { from: tableOf(admin), where: Prisma.sql`TRUE`, order: orderSql(admin.meta, terms) },
      slice,
    );
  }
  const ids: RowId[] = [];
  let { offset } = slice;
  for (const where of parts) {
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

/**
 * The rows of each value of a column that has few, in the order of the term: of a yes or no, and of an
 * enum on SQLite, whose index has the order of letters. Null for a column that an index serves itself.
 */
function partsInOrder({ isDescending }: OrderTerm, field: FieldMeta): Prisma.Sql[] | null {
  if (!('maxLength' in field)) return null;
  const isEnum = field.kind === 'enum' && databaseProvider() === 'sqlite';
  if (!isEnum && !(field.kind === 'boolean' && field.isRequired)) return null;
  const column = Prisma.sql`t.${identifier(field.column)}`;
  const values: (boolean | string)[] = isEnum
    ? (field.values ?? []).map(([, stored]) => stored)
    : [false, true];
  const parts = values.map((value) => Prisma.sql`${column} = ${value}`);
  if (isEnum && !field.isRequired) parts.unshift(Prisma.sql`${column} IS NULL`);
  return isDescending ? parts.reverse() : parts;
}

function reversed({ field, isDescending }: OrderTerm): OrderTerm {
  return { field, isDescending: !isDescending };
}
