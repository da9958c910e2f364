import { settings } from '@/lib/conf/settings';
import { type Day, isYear, startOfDay } from '@/lib/contrib/admin/lookups/calendar';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { dayValue } from '@/lib/contrib/admin/lookups/typed-lookups';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { ListQuery } from './list-query';

/** A field of dates, or of times. */
export type DateField = FieldMeta & { kind: 'date' | 'datetime' };

/** A year, a month of one, or a day of that. */
export type Period = { year: number; month?: number; day?: number };

/**
 * The field by whose dates a list is narrowed down; null where none is declared. Throws TypeError with
 * model and field for one that is no date.
 */
export function hierarchyField({ meta, options }: ModelAdmin): DateField | null {
  if (options.dateHierarchy === undefined) return null;
  const field = getField(meta, options.dateHierarchy);
  if (field.kind === 'date' || field.kind === 'datetime') return field as DateField;
  throw new TypeError(`${meta.key} cannot be narrowed down by ${field.name}, which is no date.`);
}

/** The names of a query that say a period of a field. */
export function periodNames({ formName }: DateField): [string, string, string] {
  return [`${formName}__year`, `${formName}__month`, `${formName}__day`];
}

/** The period that a query asks for; null for none. Throws IncorrectLookup for a day that there is not. */
export function askedPeriod(field: DateField, lookups: ListQuery['lookups']): Period | null {
  const [year, month, day] = periodNames(field).map((name) => {
    const [text, ...more] = lookups.get(name) ?? [];
    return text !== undefined && more.length === 0 && /^\d{1,4}$/.test(text) ? Number(text) : null;
  });
  if (typeof year !== 'number') return null;
  const period = {
    year,
    ...(typeof month === 'number' && { month }),
    ...(typeof month === 'number' && typeof day === 'number' && { day }),
  };
  const first = new Date(Date.UTC(2000, (period.month ?? 1) - 1, period.day ?? 1));
  first.setUTCFullYear(year);
  const isReal =
    isYear(year) &&
    first.getUTCMonth() === (period.month ?? 1) - 1 &&
    first.getUTCDate() === (period.day ?? 1);
  if (!isReal) throw new IncorrectLookup();
  return period;
}

/** The condition that a row's date falls in a period, in settings.TIME_ZONE if it is a time. */
export function periodSql(field: DateField, period: Period): Prisma.Sql {
  const { year, month = 1, day = 1 } = period;
  const start = { year, month, day };
  const column = Prisma.sql`t.${identifier(field.column)}`;
  const [first, next] = [start, endOf(period)].map((each) => boundary(field, each));
  return Prisma.sql`(${column} >= ${first} AND ${column} < ${next})`;
}

/**
 * The condition of the period that a list's query asks for, and the names that say it: together they
 * are one range, which an index serves and which no database has to ask a clock for.
 */
export function periodOf(
  admin: ModelAdmin,
  lookups: ListQuery['lookups'],
): { names: string[]; condition: Prisma.Sql } | null {
  const field = hierarchyField(admin);
  const period = field && askedPeriod(field, lookups);
  if (!field || !period) return null;
  return { names: periodNames(field), condition: periodSql(field, period) };
}

function endOf({ year, month, day }: Period): Day {
  if (month === undefined) return { year: year + 1, month: 1, day: 1 };
  return day === undefined ? { year, month: month + 1, day: 1 } : { year, month, day: day + 1 };
}

function boundary({ kind }: DateField, day: Day): Prisma.Sql {
  return kind === 'date' ? dayValue(day) : Prisma.sql`${startOfDay(day, settings.TIME_ZONE)}`;
}
