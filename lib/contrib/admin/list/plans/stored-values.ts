import type { ColumnMeta } from '@/lib/contrib/admin/form/values';
import type { RowCount } from '@/lib/contrib/admin/list/count';
import { textColumn, textCondition } from '@/lib/contrib/admin/lookups/text-lookups';
import { searchError } from '@/lib/contrib/admin/search/search';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { leaps } from './leaps';

/** A column, the condition on its rows, known as `t`, and the text that is looked for in its values. */
type Asked = { table: string; field: ColumnMeta; visible: Prisma.Sql; search: string };

/** The first values of a column in its order, and how many different ones there are. */
export type StoredValues = { values: unknown[]; total: RowCount };

// Values. Whether there are more than that, nobody chooses by (decision 160).
const MOST_VALUES = 1000;

// Rows of a value, among which one is looked for that may be seen.
const ROWS_OF_VALUE = 20;

const plan = Prisma.raw(PLANNED_EACH_TIME);

/**
 * The different values, `limit` at most, that a column has in the rows that `visible` leaves, those whose text has `search`
 * in it, and how many there are, exactly up to a thousand. Found by leaps along an index that begins with the column. By
 * reading, where there is none, where a value cannot be seen in its first rows, and where there are more than a
 * thousand of which the condition may leave any.
 * Django: AllValuesFieldListFilter, which reads all
 */
export async function storedValues(asked: Asked, limit: number): Promise<StoredValues> {
  if (searchError(asked.search) !== null) return toldOf([], 0);
  return (await byLeaps(asked, limit)) ?? (await byReading(asked, limit));
}

async function byLeaps(asked: Asked, limit: number): Promise<StoredValues | null> {
  const { table, field, visible } = asked;
  const isFree = visible.sql === 'TRUE';
  const over = { table, column: field.column, most: MOST_VALUES };
  const isSeen = (value: Prisma.Sql) => Prisma.sql`(NOT (${isFound(asked, value)}) OR EXISTS (
    SELECT 1 FROM (
      SELECT t.* FROM ${identifier(table)} AS t
      WHERE t.${identifier(field.column)} = ${value} LIMIT ${ROWS_OF_VALUE}) AS t
    WHERE ${visible}))`;
  const all = leaps(isFree ? over : { ...over, goesOn: isSeen });
  const rows = await db.$queryRaw<
    { value: unknown; fits: unknown; total: unknown; ends: unknown }[]
  >`
    ${plan} WITH RECURSIVE ${all}
    SELECT value, fits, COUNT(fits) OVER () AS total, COUNT(*) OVER () - COUNT(value) OVER () AS ends FROM (
      SELECT l.value, l.place, CASE WHEN ${isFound(asked, Prisma.sql`l.value`)} THEN 1 END AS fits
      FROM leaps AS l) AS told
    ORDER BY CASE WHEN fits IS NULL THEN 1 ELSE 0 END, place LIMIT ${limit}`;
  const [first] = rows;
  if (!first || (Number(first.ends) === 0 && !(isFree && asked.search === ''))) return null;
  const values = rows.filter(({ fits }) => fits !== null).map(({ value }) => value);
  return toldOf(values, Number(first.total));
}

async function byReading(asked: Asked, limit: number): Promise<StoredValues> {
  const column = Prisma.sql`t.${identifier(asked.field.column)}`;
  const rows = await db.$queryRaw<{ value: unknown; total: unknown }[]>`
    ${plan} SELECT value, COUNT(*) OVER () AS total FROM (
      SELECT DISTINCT ${column} AS value FROM ${identifier(asked.table)} AS t
      WHERE (${asked.visible}) AND ${isFound(asked, column)} ORDER BY 1 LIMIT ${MOST_VALUES + 1}) AS found
    ORDER BY value LIMIT ${limit}`;
  return toldOf(
    rows.map(({ value }) => value),
    Number(rows[0]?.total ?? 0),
  );
}

function isFound({ field, search }: Asked, value: Prisma.Sql): Prisma.Sql {
  const isThere = Prisma.sql`${value} IS NOT NULL`;
  if (search === '') return isThere;
  const text = textCondition(textColumn(field, value), 'icontains', search.toWellFormed());
  return Prisma.sql`${isThere} AND ${text}`;
}

function toldOf(values: unknown[], total: number): StoredValues {
  const isExact = total <= MOST_VALUES;
  return { values, total: { value: Math.min(total, MOST_VALUES), isExact } };
}
