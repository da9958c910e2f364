import { db, type Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { ModelAdmin } from './options';

/** How many rows there are; `isExact` is false where counting stopped: there are more. */
export type RowCount = { value: number; isExact: boolean };

/**
 * Count the rows of the table, known as `t`, that a condition leaves.
 * Django: Paginator.count
 */
export async function countRows(admin: ModelAdmin, where: Prisma.Sql): Promise<RowCount> {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS count FROM ${identifier(admin.meta.table)} AS t WHERE ${where}`;
  return { value: Number(row?.count ?? 0), isExact: true };
}

/** Whether there is a row at all that the condition leaves. */
export async function hasRows(admin: ModelAdmin, where: Prisma.Sql): Promise<boolean> {
  const rows = await db.$queryRaw<object[]>`
    SELECT 1 AS found FROM ${identifier(admin.meta.table)} AS t WHERE ${where} LIMIT 1`;
  return rows.length > 0;
}
