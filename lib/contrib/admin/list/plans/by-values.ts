import { tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import type { RowId } from '@/lib/forms/row-id';
import { countWhere, readIds, type Slice } from './read-ids';

const plan = Prisma.raw(PLANNED_EACH_TIME);

// Texts of a page, of a statement each. With more of them the rows of each are few (decision 21).
const MOST_TEXTS = 4;

/** Whether an index of all these columns has the order of the rest, but not of the first with the rest. */
export function isTurned({ isDescending }: OrderTerm, rest: readonly OrderTerm[]): boolean {
  return rest.length > 0 && rest.every((term) => term.isDescending !== isDescending);
}

/**
 * Texts from Z to A, and where they are the same by another column from A to Z: no index has that order,
 * but one of texts has the page's own texts side by side. Of few texts the rows of each are read on
 * their own, in the index's order; of more, those of all of them are sorted. Null where rows come and go
 * meanwhile.
 */
export async function byValues(
  admin: ModelAdmin,
  [first, ...rest]: readonly [OrderTerm, ...OrderTerm[]],
  { limit, offset }: Slice,
): Promise<RowId[] | null> {
  const column = orderSql(admin.meta, [{ ...first, isDescending: false }]);
  // The one before the page as well, to know whether the page begins with a text of its own.
  const start = Math.max(0, offset - 1);
  const found = await db.$queryRaw<{ value: string }[]>`
    ${plan} SELECT ${column} AS value FROM ${tableOf(admin)}
    ORDER BY ${orderSql(admin.meta, [first])} LIMIT ${limit + offset - start} OFFSET ${start}`;
  const texts = found.map(({ value }) => value);
  const shown = texts.slice(offset - start);
  const [begin] = shown;
  if (begin === undefined) return [];
  const isBefore = first.isDescending ? Prisma.sql`>` : Prisma.sql`<`;
  const isWhole = offset === 0 || texts[0] !== begin;
  const before = isWhole
    ? offset
    : await countWhere(admin, Prisma.sql`${column} ${isBefore} ${begin}`);
  const counts = countsOf(shown);
  if (counts.size <= MOST_TEXTS) {
    return byEach(admin, { column, rest, counts, skip: offset - before });
  }
  const [low, high] = first.isDescending ? [shown.at(-1), begin] : [begin, shown.at(-1)];
  const where = Prisma.sql`${column} >= ${low} AND ${column} <= ${high}`;
  const order = orderSql(admin.meta, [first, ...rest]);
  const slice = { limit, offset: offset - before };
  const ids = await readIds(admin.meta, { from: tableOf(admin), where, order }, slice);
  return ids.length === shown.length ? ids : null;
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

type Each = {
  column: Prisma.Sql;
  rest: readonly OrderTerm[];
  counts: ReadonlyMap<string, number>;
  /** Rows of the first text that stand on pages before this one. */
  skip: number;
};

async function byEach(
  admin: ModelAdmin,
  { column, rest, counts, skip }: Each,
): Promise<RowId[] | null> {
  const order = orderSql(admin.meta, rest);
  const ids: RowId[] = [];
  for (const [text, limit] of counts) {
    const where = Prisma.sql`${column} = ${text}`;
    const slice = { limit, offset: ids.length === 0 ? skip : 0 };
    const found = await readIds(admin.meta, { from: tableOf(admin), where, order }, slice);
    // Rows may come and go between two statements.
    if (found.length < limit) return null;
    ids.push(...found);
  }
  return ids;
}
