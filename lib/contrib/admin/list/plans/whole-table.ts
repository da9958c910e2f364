import type { ColumnMeta } from '@/lib/contrib/admin/form/values';
import { MOST_COUNTED, tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import { getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { enumLabels } from '@/lib/db/catalogue/enum-labels';
import { databaseProvider, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { RowId } from '@/lib/forms/row-id';
import { byNames } from './by-names';
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
  if (size <= 0 || after >= offset) return inOrder(admin, terms, { limit, offset, count });
  const ids = await inOrder(admin, terms.map(reversed), { limit: size, offset: after, count });
  return ids.reverse();
}

/**
 * Where the first term has few values, the rows of each are read on their own: an index then serves
 * every direction of the terms that follow.
 */
async function inOrder(
  admin: ModelAdmin,
  terms: readonly OrderTerm[],
  { count, ...slice }: Slice & { count: number },
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
  if (first && field?.kind === 'foreignKey') {
    const ids = await byNames(admin, [first, ...rest], { ...slice, count });
    if (ids) return ids;
  }
  const parts = first && rest.length > 0 ? await partsInOrder(admin, first, count) : null;
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
 * The rows of each value of a column that has few, in the order of the term: of a yes or no, and of an enum, since what an
 * index of it has within one value is no order of the terms that follow. Null for another column.
 */
async function partsInOrder(
  { meta }: ModelAdmin,
  { field: name, isDescending }: OrderTerm,
  count: number,
): Promise<Prisma.Sql[] | null> {
  const field = getField(meta, name);
  if (field.kind !== 'enum' && field.kind !== 'boolean') return null;
  const isSqlite = databaseProvider() === 'sqlite';
  // To ask for the values is a statement more, which a short table does not need.
  if (field.kind === 'enum' && !isSqlite && count <= MOST_COUNTED) return null;
  const values = field.kind === 'boolean' ? [false, true] : await enumValues(meta.table, field);
  if (values.length === 0) return null;
  const column = Prisma.sql`t.${identifier(field.column)}`;
  const parts = values.map((value) => Prisma.sql`${column} = ${value}`);
  const none = field.isRequired ? [] : [Prisma.sql`${column} IS NULL`];
  const all = isSqlite ? [...none, ...parts] : [...parts, ...none];
  return isDescending ? all.reverse() : all;
}

// PostgreSQL's index of an enum has the order of its values, SQLite's that of letters, which nobody sorts by.
function enumValues(table: string, { column, values = [] }: ColumnMeta): Promise<string[]> {
  if (databaseProvider() === 'sqlite') return Promise.resolve(values.map(([, stored]) => stored));
  return enumLabels(table, column);
}

function reversed({ field, isDescending }: OrderTerm): OrderTerm {
  return { field, isDescending: !isDescending };
}
