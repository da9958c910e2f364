import { settings } from '@/lib/conf/settings';
import { databaseProvider, Prisma } from '@/lib/db/client';
import { IncorrectLookup } from './incorrect-lookup';

const MOST = { month: 12, day: 31 } as const;

/** Whether a lookup asks for a month or a day of any year. */
export function isPart(lookup: string): lookup is keyof typeof MOST {
  return lookup === 'month' || lookup === 'day';
}

/**
 * The condition that a date, or a time in settings.TIME_ZONE, falls in a month or on a day of the month.
 * Throws IncorrectLookup for what is no month, or no day, and of a time on SQLite, which knows no time
 * zones, unless the site's is UTC.
 * Django: ExtractMonth, ExtractDay
 */
export function partOfDate(
  column: Prisma.Sql,
  kind: string,
  part: keyof typeof MOST,
  value: string,
): Prisma.Sql {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > MOST[part]) throw new IncorrectLookup();
  if (databaseProvider() === 'sqlite') {
    if (kind !== 'date' && settings.TIME_ZONE !== 'UTC') throw new IncorrectLookup();
    const format = part === 'month' ? '%m' : '%d';
    return Prisma.sql`CAST(strftime(${format}, ${column}) AS integer) = ${number}`;
  }
  const local =
    kind === 'date' ? column : Prisma.sql`(${column} AT TIME ZONE ${settings.TIME_ZONE})`;
  return Prisma.sql`EXTRACT(${Prisma.raw(part)} FROM ${local}) = ${number}`;
}
