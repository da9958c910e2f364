import { MOST_COUNTED, type RowCount } from '@/lib/contrib/admin/list/count';
import { db, Prisma } from '@/lib/db/client';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';

/**
 * Several counts by one statement, each exact up to `most`: of the rows of what follows FROM, in their
 * order. Where an index leads to them it costs the same however many rows the tables have.
 * Django: no counterpart
 * @example
 * const [empty] = await boundedCounts([Prisma.sql`auth_group WHERE name = ''`]);
 */
export async function boundedCounts(
  sources: readonly Prisma.Sql[],
  most = MOST_COUNTED,
): Promise<RowCount[]> {
  if (sources.length === 0) return [];
  const counts = sources.map(
    (source, i) => Prisma.sql`(SELECT COUNT(*) FROM (
      SELECT 1 AS found FROM ${source} LIMIT ${most + 1}) AS counted) AS ${Prisma.raw(`c${i}`)}`,
  );
  const [row = {}] = await db.$queryRaw<Record<string, number | bigint>[]>`
    ${Prisma.raw(PLANNED_EACH_TIME)} SELECT ${Prisma.join(counts)}`;
  return sources.map((_, i) => {
    const value = Number(row[`c${i}`] ?? 0);
    return value > most ? { value: most, isExact: false } : { value, isExact: true };
  });
}

/** A number as it stands in a sentence, with what it counts: "1 group", "1,204 groups", "10,000+ groups". */
export function counted({ value, isExact }: RowCount, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en')}${isExact ? '' : '+'} ${isExact && value === 1 ? one : many}`;
}
