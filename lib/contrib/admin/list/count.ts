import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { countTable } from './table-count';

/** How many rows there are; `isExact` is false where counting stopped: there are more. */
export type RowCount = { value: number; isExact: boolean };

/** The rows of a table, known as `t`: what follows FROM, and the condition that leaves them. */
export type RowSource = { from: Prisma.Sql; where: Prisma.Sql };

/** Counting further takes longer than anybody wants to wait for the number. */
export const MOST_COUNTED = 10_000;

/**
 * Count the rows of a source, exactly up to 10,000.
 * Django: Paginator.count, which counts all
 */
export async function countRows({ from, where }: RowSource): Promise<RowCount> {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    ${Prisma.raw(PLANNED_EACH_TIME)} SELECT COUNT(*) AS count FROM (
      SELECT 1 AS found FROM ${from} WHERE ${where} LIMIT ${MOST_COUNTED + 1}) AS counted`;
  const value = Number(row?.count ?? 0);
  return value > MOST_COUNTED ? { value: MOST_COUNTED, isExact: false } : { value, isExact: true };
}

/**
 * Count all rows of a model's table, however many.
 * Django: ChangeList.full_result_count
 */
export async function countAll({ meta }: ModelAdmin): Promise<RowCount> {
  return { value: await countTable(meta.table), isExact: true };
}

/** Whether there is a row at all that the condition leaves. */
export async function hasRows(admin: ModelAdmin, where: Prisma.Sql): Promise<boolean> {
  const rows = await db.$queryRaw<object[]>`
    SELECT 1 AS found FROM ${tableOf(admin)} WHERE ${where} LIMIT 1`;
  return rows.length > 0;
}

/** A model's table in a statement, known as `t`. */
export function tableOf({ meta }: ModelAdmin): Prisma.Sql {
  return Prisma.sql`${identifier(meta.table)} AS t`;
}
