import { leadsAnIndex } from '@/lib/db/catalogue/leads-an-index';
import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/** A column whose values are leapt over, and how many of them at most. */
export type Leaps = {
  table: string;
  column: string;
  most: number;
  /** The condition on a value, of which the name is given, without which the leaps end there. */
  goesOn?: (value: Prisma.Sql) => Prisma.Sql;
};

/**
 * A table of a statement, for `WITH RECURSIVE`: `leaps (value, place)` has the different values of a column in its
 * order, from place 1, found by leaping along an index from each to the next, however many rows have it. After
 * the last one there is a row whose value is null; without that row there are more values than `most`, or the leaps ended.
 * No row at all where no index begins with the column, nor where no row has a value.
 * Django: no counterpart; PostgreSQL's wiki calls it a loose index scan
 */
export function leaps({ table, column, most, goesOn }: Leaps): Prisma.Sql {
  const [rows, value] = [identifier(table), identifier(column)];
  const further = goesOn ? Prisma.sql`AND ${goesOn(Prisma.sql`l.value`)}` : Prisma.empty;
  return Prisma.sql`leaps (value, place) AS (
    SELECT first.value, 1 FROM (
      SELECT n.${value} AS value FROM ${rows} AS n
      WHERE n.${value} IS NOT NULL AND ${leadsAnIndex(table, column)} ORDER BY n.${value} LIMIT 1) AS first
    UNION ALL
    SELECT (SELECT n.${value} FROM ${rows} AS n WHERE n.${value} > l.value ORDER BY n.${value} LIMIT 1), l.place + 1
    FROM leaps AS l WHERE l.value IS NOT NULL AND l.place <= CAST(${most} AS integer) ${further})`;
}
