import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { sha256Hex } from '@/lib/core/crypto';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { compareRowIds, type RowId, rowIdOf } from '@/lib/forms/row-id';

/** Which rows of the table, known as `t`, in which order. */
export type Selection = {
  where: Prisma.Sql;
  /** By id unless told. */
  order?: Prisma.Sql;
  limit: number;
  offset?: number;
};

/** The ids of the rows that a list shows, in its order. One statement. */
export async function selectIds(
  { meta }: ModelAdmin,
  { where, order = Prisma.sql`t.id`, limit, offset = 0 }: Selection,
): Promise<RowId[]> {
  const rows = await db.$queryRaw<{ id: RowId }[]>`
    SELECT t.id AS id FROM ${identifier(meta.table)} AS t
    WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  return rows.map(({ id }) => rowIdOf(id, meta.idType));
}

/** What tells one set of rows from another, whatever their order: 64 hexadecimal digits. */
export function digestOfIds(ids: readonly RowId[]): string {
  return sha256Hex([...ids].sort(compareRowIds).join());
}

/** Those of the given ids whose rows a condition leaves, in ascending order. */
export async function idsAmong(
  { meta }: ModelAdmin,
  where: Prisma.Sql,
  ids: readonly RowId[],
): Promise<RowId[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<{ id: RowId }[]>`
    SELECT t.id AS id FROM ${identifier(meta.table)} AS t
    WHERE ${where} AND t.id IN (${Prisma.join([...ids])}) ORDER BY t.id`;
  return rows.map(({ id }) => rowIdOf(id, meta.idType));
}
