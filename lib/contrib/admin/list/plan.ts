import { getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { searchCandidates } from '@/lib/contrib/admin/search/search-index';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { countAll, countRows, MOST_COUNTED, type RowCount, type RowSource, tableOf } from './count';
import type { ListCondition } from './list-condition';
import { type OrderTerm, orderSql } from './ordering';

const plan = Prisma.raw(PLANNED_EACH_TIME);

/** The rows of a list, before it is known which page of them is wanted. */
export type Listed = {
  count: RowCount;
  /** Ids of the rows from `offset` on, in the order of the terms, `limit` at most. */
  ids(terms: readonly OrderTerm[], slice: Slice): Promise<number[]>;
};

type Slice = { limit: number; offset: number };

// So far a list is read in its own order in the hope of a page of rows that fit.
const WALKS = [2_000, 20_000];

// So many texts of a page are read one by one.
const MOST_VALUES = 4;

// Where this many rows hold more than are counted, there is no need to find all that fit.
const SAMPLE = 40_000;

/**
 * Count the rows that a condition leaves, and choose how a page of them is read: all rows along an
 * index of the order, from the nearer end; few of them by finding them all and sorting; many by
 * walking in the order until the page is full.
 * Django: ChangeList.get_results
 */
export async function listRows(
  admin: ModelAdmin,
  condition: ListCondition,
  search: string,
): Promise<Listed> {
  const table: RowSource = { from: tableOf(admin), where: condition.where };
  if (!condition.isFiltered && !admin.options.getQueryset) {
    const count = await countAll(admin);
    return { count, ids: (terms, slice) => fromNearerEnd(admin, terms, slice, count.value) };
  }
  const found = await foundBySearch(admin, condition, search, table);
  const sample = await countSample(admin, condition);
  const few = sample ? null : await findFew(found);
  if (few) return listFew(admin, few);
  const count = { value: MOST_COUNTED, isExact: false };
  return {
    count,
    ids: async (terms, slice) => {
      const ids = await walked(admin, condition.test, terms, slice);
      return ids ?? sorted(admin, { ...found, limit: null }, terms, slice);
    },
  };
}

type Few = { count: number; ids: string };

/**
 * The ids of the rows, separated by commas; null if there are more than are counted. What finds them
 * may read the whole table: they are not sought a second time when they are sorted.
 */
async function findFew({ from, where }: RowSource): Promise<Few | null> {
  const ids =
    databaseProvider() === 'sqlite'
      ? Prisma.sql`group_concat(id)`
      : Prisma.sql`string_agg(id::text, ',')`;
  const [row] = await db.$queryRaw<{ count: number | bigint; ids: string | null }[]>`
    ${plan} SELECT COUNT(*) AS count, CASE WHEN COUNT(*) <= ${MOST_COUNTED} THEN ${ids} END AS ids FROM (
      SELECT t.id AS id FROM ${from} WHERE ${where} LIMIT ${MOST_COUNTED + 1}) AS found`;
  const count = Number(row?.count ?? 0);
  return count > MOST_COUNTED ? null : { count, ids: row?.ids ?? '' };
}

function listFew(admin: ModelAdmin, few: Few): Listed {
  const count = { value: few.count, isExact: true };
  if (few.count === 0) return { count, ids: async () => [] };
  const where =
    databaseProvider() === 'sqlite'
      ? Prisma.sql`t.id IN (SELECT value FROM json_each(${`[${few.ids}]`}))`
      : Prisma.sql`t.id = ANY(string_to_array(${few.ids}, ',')::int[])`;
  const all = { from: tableOf(admin), where, limit: MOST_COUNTED };
  return { count, ids: (terms, slice) => sorted(admin, all, terms, slice) };
}

/**
 * That there are more rows than are counted, if a sample shows it; null if it does not. For SQLite,
 * which gathers all that `IN (SELECT …)` names before it counts the first.
 */
async function countSample(
  admin: ModelAdmin,
  { where, test }: ListCondition,
): Promise<RowCount | null> {
  if (databaseProvider() !== 'sqlite' || where.sql === test.sql) return null;
  const from = Prisma.sql`(SELECT t.* FROM ${tableOf(admin)} LIMIT ${SAMPLE}) AS t`;
  const count = await countRows({ from, where: test });
  return count.isExact ? null : count;
}

async function foundBySearch(
  admin: ModelAdmin,
  { where, searchError, hasFilters }: ListCondition,
  search: string,
  table: RowSource,
): Promise<RowSource> {
  const candidates = searchError === null ? await searchCandidates(admin, search) : null;
  // A filter may leave few of many candidates, and has an index of its own.
  if (!candidates || (candidates.isMany && hasFilters)) return table;
  return { from: candidates.from, where: Prisma.sql`${candidates.where} AND ${where}` };
}

/** All rows: those before the page are skipped, or those after it, whichever are fewer. */
async function fromNearerEnd(
  admin: ModelAdmin,
  terms: readonly OrderTerm[],
  { limit, offset }: Slice,
  count: number,
): Promise<number[]> {
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
): Promise<number[]> {
  const [first, ...rest] = terms;
  const field = first && getField(admin.meta, first.field);
  if (first && field?.kind === 'text' && field.isRequired && isTurned(first, rest)) {
    const ids = await byValues(admin, first, rest, slice);
    if (ids) return ids;
  }
  if (field?.kind !== 'boolean' || !field.isRequired) {
    return query(tableOf(admin), Prisma.sql`TRUE`, orderSql(admin.meta, terms), slice);
  }
  const ids: number[] = [];
  let { offset } = slice;
  for (const value of first?.isDescending ? [true, false] : [false, true]) {
    const where = Prisma.sql`${orderSql(admin.meta, [{ field: field.name, isDescending: false }])} = ${value}`;
    const limit = slice.limit - ids.length;
    const order = orderSql(admin.meta, rest);
    const found = await query(tableOf(admin), where, order, { limit, offset });
    ids.push(...found);
    if (ids.length === slice.limit) break;
    if (offset > 0) offset = Math.max(0, offset - (await countWhere(admin, where)));
  }
  return ids;
}

// Whether an index of all these columns has the order of the rest, but not of the first with the rest.
function isTurned({ isDescending }: OrderTerm, rest: readonly OrderTerm[]): boolean {
  return rest.length > 0 && rest.every((term) => term.isDescending !== isDescending);
}

/**
 * Texts from Z to A, and where they are the same by another column from A to Z: an index has that
 * order for the rows of one text each. Null where a page has more texts than a few; then the same
 * text does not often stand twice, and sorting those rows is no work.
 */
async function byValues(
  admin: ModelAdmin,
  first: OrderTerm,
  rest: readonly OrderTerm[],
  { limit, offset }: Slice,
): Promise<number[] | null> {
  const column = orderSql(admin.meta, [{ ...first, isDescending: false }]);
  const order = orderSql(admin.meta, rest);
  const ids: number[] = [];
  for (let values = 0; ids.length < limit; values += 1) {
    if (values === MOST_VALUES) return null;
    const at = offset + ids.length;
    const [row] = await db.$queryRaw<{ value: string }[]>`
      ${plan} SELECT ${column} AS value FROM ${tableOf(admin)}
      ORDER BY ${orderSql(admin.meta, [first])} LIMIT 1 OFFSET ${at}`;
    if (!row) break;
    const sign = first.isDescending ? Prisma.sql`>` : Prisma.sql`<`;
    const before = await countWhere(admin, Prisma.sql`${column} ${sign} ${row.value}`);
    const part = { limit: limit - ids.length, offset: at - before };
    const where = Prisma.sql`${column} = ${row.value}`;
    const found = await query(tableOf(admin), where, order, part);
    // Rows may come and go between two statements.
    if (found.length === 0) return null;
    ids.push(...found);
  }
  return ids;
}

async function countWhere(admin: ModelAdmin, where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    ${plan} SELECT COUNT(*) AS count FROM ${tableOf(admin)} WHERE ${where}`;
  return Number(row?.count ?? 0);
}

/** Find them all, then sort. The inner LIMIT keeps the planner from walking the order instead. */
async function sorted(
  admin: ModelAdmin,
  { from, where, limit }: RowSource & { limit: number | null },
  terms: readonly OrderTerm[],
  slice: Slice,
): Promise<number[]> {
  const most = limit ?? Number.MAX_SAFE_INTEGER;
  const found = Prisma.sql`(SELECT t.* FROM ${from} WHERE ${where} LIMIT ${most}) AS t`;
  return query(found, Prisma.sql`TRUE`, orderSql(admin.meta, terms), slice);
}

/**
 * Read the rows in their order and keep those that fit. Null if the page is not full after twenty
 * thousand: the rest may stand at the far end. `IS TRUE` keeps the planner from any other index.
 */
async function walked(
  admin: ModelAdmin,
  where: Prisma.Sql,
  terms: readonly OrderTerm[],
  slice: Slice,
): Promise<number[] | null> {
  const order = orderSql(admin.meta, terms);
  for (const rows of WALKS) {
    const most = rows + 2 * slice.offset;
    const first = Prisma.sql`(SELECT t.* FROM ${tableOf(admin)} ORDER BY ${order} LIMIT ${most}) AS t`;
    const ids = await query(first, Prisma.sql`(${where}) IS TRUE`, order, slice);
    if (ids.length === slice.limit) return ids;
  }
  return null;
}

async function query(
  from: Prisma.Sql,
  where: Prisma.Sql,
  order: Prisma.Sql,
  { limit, offset }: Slice,
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    ${plan} SELECT t.id AS id FROM ${from} WHERE ${where} ORDER BY ${order}
    LIMIT ${limit} OFFSET ${offset}`;
  return rows.map(({ id }) => id);
}

function reversed({ field, isDescending }: OrderTerm): OrderTerm {
  return { field, isDescending: !isDescending };
}
