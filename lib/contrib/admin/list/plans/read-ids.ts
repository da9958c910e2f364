import { tableOf } from '@/lib/contrib/admin/list/count';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { type RowId, rowIdOf } from '@/lib/forms/row-id';

const plan = Prisma.raw(PLANNED_EACH_TIME);

/** A page of a list: `limit` rows at most, from `offset` on. */
export type Slice = { limit: number; offset: number };

/** The ids of a source's rows, known as `t`, that meet a condition, in an order. One statement. */
export async function readIds(
  { idType }: Pick<ModelMeta, 'idType'>,
  { from, where, order }: { from: Prisma.Sql; where: Prisma.Sql; order: Prisma.Sql },
  { limit, offset }: Slice,
): Promise<RowId[]> {
  const rows = await db.$queryRaw<{ id: RowId }[]>`
    ${plan} SELECT t.id AS id FROM ${from} WHERE ${where} ORDER BY ${order}
    LIMIT ${limit} OFFSET ${offset}`;
  return rows.map(({ id }) => rowIdOf(id, idType));
}

/** How many rows of the whole table meet a condition. */
export async function countWhere(admin: ModelAdmin, where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    ${plan} SELECT COUNT(*) AS count FROM ${tableOf(admin)} WHERE ${where}`;
  return Number(row?.count ?? 0);
}
