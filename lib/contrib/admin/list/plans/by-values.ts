import { tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import type { RowId } from '@/lib/forms/row-id';
import { countWhere, readIds, type Slice } from './read-ids';

const plan = Prisma.raw(PLANNED_EACH_TIME);

// Texts of a page, of three statements each. With more of them hardly any rows tie (decision 21).
const MOST_TEXTS = 4;

/** Whether an index of all these columns has the order of the rest, but not of the first with the rest. */
export function isTurned({ isDescending }: OrderTerm, rest: readonly OrderTerm[]): boolean {
  return rest.length > 0 && rest.every((term) => term.isDescending !== isDescending);
}

/**
 * Texts from Z to A, and where they are the same by another column from A to Z: an index has that
 * order for the rows of one text each. Null where a page has more texts than a few; then the same
 * text does not often stand twice, and sorting those rows is no work.
 */
export async function byValues(
  admin: ModelAdmin,
  [first, ...rest]: readonly [OrderTerm, ...OrderTerm[]],
  { limit, offset }: Slice,
): Promise<RowId[] | null> {
  const column = orderSql(admin.meta, [{ ...first, isDescending: false }]);
  const order = orderSql(admin.meta, rest);
  const ids: RowId[] = [];
  for (let values = 0; ids.length < limit; values += 1) {
    if (values === MOST_TEXTS) return null;
    const at = offset + ids.length;
    const [row] = await db.$queryRaw<{ value: string }[]>`
      ${plan} SELECT ${column} AS value FROM ${tableOf(admin)}
      ORDER BY ${orderSql(admin.meta, [first])} LIMIT 1 OFFSET ${at}`;
    if (!row) break;
    const sign = first.isDescending ? Prisma.sql`>` : Prisma.sql`<`;
    const before = await countWhere(admin, Prisma.sql`${column} ${sign} ${row.value}`);
    const part = { limit: limit - ids.length, offset: at - before };
    const where = Prisma.sql`${column} = ${row.value}`;
    const found = await readIds(admin.meta, { from: tableOf(admin), where, order }, part);
    // Rows may come and go between two statements.
    if (found.length === 0) return null;
    ids.push(...found);
  }
  return ids;
}
