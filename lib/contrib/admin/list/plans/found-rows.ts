import {
  countRows,
  MOST_COUNTED,
  type RowCount,
  type RowSource,
  tableOf,
} from '@/lib/contrib/admin/list/count';
import type { ListCondition } from '@/lib/contrib/admin/list/list-condition';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import type { IdColumn, IdType, RowId } from '@/lib/forms/row-id';
import { readIds, type Slice } from './read-ids';

const plan = Prisma.raw(PLANNED_EACH_TIME);

// Rows of the table. Four times what is counted: where a condition leaves a quarter of them or more,
// the sample says so, and SQLite need not gather all that fit (decision 21).
const ROWS_OF_SAMPLE = 40_000;

// Types of PostgreSQL's that are compared with no text, or with one that is not padded.
const NATIVE_TEXTS: Readonly<Record<string, string>> = {
  inet: 'inet',
  bit: 'varbit',
  varbit: 'varbit',
  char: 'bpchar',
};

/** Rows that were all found: how many, and their ids in one text. */
export type FoundRows = { count: number; ids: string };

/**
 * The ids of the rows, in one text; null if there are more than are counted. What finds them
 * may read the whole table: they are not sought a second time when they are sorted. `bySearch` says
 * that nothing but a search leaves them, for which there may be an index.
 */
export async function findFew(
  { idType }: IdColumn,
  { from, where }: RowSource,
  { bySearch }: { bySearch: boolean },
): Promise<FoundRows | null> {
  const ids = gathered(idType);
  const fit = Prisma.sql`SELECT t.id AS id FROM ${from} WHERE ${where}`;
  // PostgreSQL plans this one as if all were wanted, which is by the index, and reads no more than it is
  // asked for; with the LIMIT inside it would read the table, hoping to meet enough of them soon.
  const [first, source] =
    bySearch && databaseProvider() !== 'sqlite'
      ? [Prisma.sql`WITH fit AS MATERIALIZED (${fit})`, Prisma.sql`SELECT id FROM fit`]
      : [Prisma.empty, fit];
  const [row] = await db.$queryRaw<{ count: number | bigint; ids: string | null }[]>`
    ${plan} ${first} SELECT COUNT(*) AS count, CASE WHEN COUNT(*) <= ${MOST_COUNTED} THEN ${ids} END AS ids
    FROM (${source} LIMIT ${MOST_COUNTED + 1}) AS found`;
  const count = Number(row?.count ?? 0);
  return count > MOST_COUNTED ? null : { count, ids: row?.ids ?? '' };
}

// Ids that are texts may hold any character, so these are gathered as JSON.
function gathered(idType: IdType): Prisma.Sql {
  const isText = idType === 'text' || idType === 'uuid';
  if (databaseProvider() === 'sqlite') {
    return isText ? Prisma.sql`json_group_array(id)` : Prisma.sql`group_concat(id)`;
  }
  return isText ? Prisma.sql`json_agg(id)::text` : Prisma.sql`string_agg(id::text, ',')`;
}

/** The condition that a row is one of these, or that another column of ids has one of them. */
export function isAmong(
  { idType, idNative }: IdColumn,
  ids: string,
  column = Prisma.sql`t.id`,
): Prisma.Sql {
  const isText = idType === 'text' || idType === 'uuid';
  if (databaseProvider() === 'sqlite') {
    return Prisma.sql`${column} IN (SELECT value FROM json_each(${isText ? ids : `[${ids}]`}))`;
  }
  if (!isText) {
    const type = Prisma.raw(idType === 'bigint' ? 'bigint[]' : 'int[]');
    return Prisma.sql`${column} = ANY(string_to_array(${ids}, ',')::${type})`;
  }
  const type = Prisma.raw(NATIVE_TEXTS[idNative ?? ''] ?? idType);
  return Prisma.sql`${column} IN (SELECT value::${type} FROM json_array_elements_text(${ids}::json))`;
}

/** A page of rows that were all found: sorted, and cut. */
export function idsOfFew(
  admin: ModelAdmin,
  found: FoundRows,
  terms: readonly OrderTerm[],
  slice: Slice,
): Promise<RowId[]> {
  const where = isAmong(admin.meta, found.ids);
  const all = { from: tableOf(admin), where, limit: MOST_COUNTED };
  return sorted(admin, all, { terms, slice });
}

/**
 * Find them all, then sort. The inner LIMIT keeps the planner from walking the order instead; so does an
 * OFFSET of none on PostgreSQL, which keeps it from several workers only where there is a LIMIT.
 */
export async function sorted(
  admin: ModelAdmin,
  { from, where, limit }: RowSource & { limit: number | null },
  { terms, slice }: { terms: readonly OrderTerm[]; slice: Slice },
): Promise<RowId[]> {
  const isOpen = limit === null && databaseProvider() !== 'sqlite';
  const most = limit ?? Number.MAX_SAFE_INTEGER;
  const fence = isOpen ? Prisma.sql`OFFSET 0` : Prisma.sql`LIMIT ${most}`;
  const found = Prisma.sql`(SELECT t.* FROM ${from} WHERE ${where} ${fence}) AS t`;
  return readIds(
    admin.meta,
    { from: found, where: Prisma.sql`TRUE`, order: orderSql(admin.meta, terms) },
    slice,
  );
}

/**
 * That there are more rows than are counted, if a sample shows it; null if it does not. For SQLite,
 * which gathers all that `IN (SELECT …)` names before it counts the first.
 */
export async function countSample(
  admin: ModelAdmin,
  { where, test }: ListCondition,
): Promise<RowCount | null> {
  if (databaseProvider() !== 'sqlite' || where.sql === test.sql) return null;
  const from = Prisma.sql`(SELECT t.* FROM ${tableOf(admin)} LIMIT ${ROWS_OF_SAMPLE}) AS t`;
  const count = await countRows({ from, where: test });
  return count.isExact ? null : count;
}
