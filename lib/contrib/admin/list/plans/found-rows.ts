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
import { readIds, type Slice } from './read-ids';

const plan = Prisma.raw(PLANNED_EACH_TIME);

// Rows of the table. Four times what is counted: where a condition leaves a quarter of them or more,
// the sample says so, and SQLite need not gather all that fit (decision 21).
const ROWS_OF_SAMPLE = 40_000;

/** Rows that were all found: how many, and their ids, separated by commas. */
export type FoundRows = { count: number; ids: string };

/**
 * The ids of the rows, separated by commas; null if there are more than are counted. What finds them
 * may read the whole table: they are not sought a second time when they are sorted.
 */
export async function findFew({ from, where }: RowSource): Promise<FoundRows | null> {
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

/** A page of rows that were all found: sorted, and cut. */
export function idsOfFew(
  admin: ModelAdmin,
  found: FoundRows,
  terms: readonly OrderTerm[],
  slice: Slice,
): Promise<number[]> {
  const where =
    databaseProvider() === 'sqlite'
      ? Prisma.sql`t.id IN (SELECT value FROM json_each(${`[${found.ids}]`}))`
      : Prisma.sql`t.id = ANY(string_to_array(${found.ids}, ',')::int[])`;
  const all = { from: tableOf(admin), where, limit: MOST_COUNTED };
  return sorted(admin, all, { terms, slice });
}

/** Find them all, then sort. The inner LIMIT keeps the planner from walking the order instead. */
export async function sorted(
  admin: ModelAdmin,
  { from, where, limit }: RowSource & { limit: number | null },
  { terms, slice }: { terms: readonly OrderTerm[]; slice: Slice },
): Promise<number[]> {
  const most = limit ?? Number.MAX_SAFE_INTEGER;
  const found = Prisma.sql`(SELECT t.* FROM ${from} WHERE ${where} LIMIT ${most}) AS t`;
  return readIds(found, Prisma.sql`TRUE`, orderSql(admin.meta, terms), slice);
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
