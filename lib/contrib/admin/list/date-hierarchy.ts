import { settings } from '@/lib/conf/settings';
import { dayOf } from '@/lib/contrib/admin/lookups/calendar';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { leadsAnIndex } from '@/lib/db/catalogue/leads-an-index';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { tableOf } from './count';
import {
  askedPeriod,
  type DateField,
  hierarchyField,
  type Period,
  periodNames,
  periodSql,
} from './date-periods';
import { changedQuery, type ListQuery } from './list-query';
import type { Listed } from './plan';

/** A period that there are rows of, and the query of the list with it. */
type Choice = { label: string; query: string };

/** What narrows a list down by dates: the way back, and the parts of the period in force. */
export type DateHierarchy = {
  title: string;
  back: Choice | null;
  choices: Choice[];
  isDay: boolean;
};

// Of more years than that only the last ones are told.
const MOST_YEARS = 100;

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthAndDay = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  day: 'numeric',
  timeZone: 'UTC',
});

/**
 * The years, months or days by which a list goes on being narrowed down: only those of which the query
 * leaves rows. Of one year alone its months are told. Null where no date is declared for it, and where
 * there is no row.
 * Django: contrib/admin/templatetags/admin_list.py date_hierarchy
 */
export async function dateHierarchy(
  admin: ModelAdmin,
  query: ListQuery,
  { where: whole, test }: Pick<Listed, 'where' | 'test'>,
): Promise<DateHierarchy | null> {
  const field = hierarchyField(admin);
  if (!field) return null;
  // The dates of a period that is asked for by them stand side by side, those of other rows anywhere.
  const isOwn = [...query.lookups.keys()].some((key) => key.startsWith(`${field.formName}__`));
  const where = isOwn ? whole : test;
  const asked = askedPeriod(field, query.lookups);
  const years = asked ? null : await yearsOf(admin, field, where);
  const parts = asked ? partsOf(asked) : (years?.periods ?? []);
  const [only] = parts;
  const shown = !asked && only && parts.length === 1 ? partsOf(only) : parts;
  const isAlong = years?.isIndexed === true;
  const found = await periodsWithRows(admin, field, { where, periods: shown, isAlong });
  if (!asked && found.length === 0) return null;
  const to = (period: Period | null) => ({
    label: period ? labelOf(period) : 'All dates',
    query: changedQuery(query.params, setsOf(field, period)),
  });
  return {
    title: field.verboseName,
    back: asked && to(wider(asked)),
    choices: found.map(to),
    isDay: asked?.day !== undefined,
  };
}

function partsOf(period: Period): Period[] {
  const { year } = period;
  if (period.month === undefined) {
    return Array.from({ length: 12 }, (_, i) => ({ year, month: i + 1 }));
  }
  if (period.day !== undefined) return [period];
  const days = new Date(Date.UTC(year, period.month, 0)).getUTCDate();
  return Array.from({ length: days }, (_, i) => ({ ...period, day: i + 1 }));
}

function wider({ year, month: of, day }: Period): Period | null {
  if (day !== undefined && of !== undefined) return { year, month: of };
  return of === undefined ? null : { year };
}

// From the first row's to the last one's, and whether there is an index along the dates.
async function yearsOf(
  admin: ModelAdmin,
  field: DateField,
  where: Prisma.Sql,
): Promise<{ periods: Period[]; isIndexed: boolean }> {
  const column = Prisma.sql`t.${identifier(field.column)}`;
  const hasIndex = leadsAnIndex(admin.meta.table, field.column);
  const ends: number[] = [];
  let isIndexed = false;
  for (const direction of ['ASC', 'DESC']) {
    const [row] = await db.$queryRaw<{ value: Date; indexed: boolean | number | bigint }[]>`
      SELECT ${column} AS value, ${hasIndex} AS indexed FROM ${tableOf(admin)}
      WHERE ${where} AND ${column} IS NOT NULL ORDER BY ${column} ${Prisma.raw(direction)} LIMIT 1`;
    if (!row) return { periods: [], isIndexed };
    const zone = field.kind === 'date' ? 'UTC' : settings.TIME_ZONE;
    ends.push(dayOf(new Date(row.value), zone).year);
    isIndexed = Boolean(row.indexed);
  }
  const [first = 0, last = 0] = ends;
  const begin = Math.max(first, last - MOST_YEARS + 1);
  const periods = Array.from({ length: last - begin + 1 }, (_, i) => ({ year: begin + i }));
  return { periods, isIndexed };
}

async function periodsWithRows(
  admin: ModelAdmin,
  field: DateField,
  { where, periods, isAlong }: { where: Prisma.Sql; periods: readonly Period[]; isAlong: boolean },
): Promise<Period[]> {
  if (periods.length === 0) return [];
  // An order that is not needed keeps PostgreSQL from looking for a period in the order of the table,
  // where the first row that fits may stand late.
  const along = isAlong ? Prisma.sql`ORDER BY t.${identifier(field.column)}` : Prisma.empty;
  const tests = periods.map(
    (period, place) => Prisma.sql`SELECT CAST(${place} AS integer) AS place WHERE (
      SELECT 1 FROM ${tableOf(admin)} WHERE ${where} AND ${periodSql(field, period)} ${along} LIMIT 1
    ) IS NOT NULL`,
  );
  const rows = await db.$queryRaw<{ place: number | bigint }[]>(Prisma.join(tests, ' UNION ALL '));
  const places = new Set(rows.map(({ place }) => Number(place)));
  return periods.filter((_, place) => places.has(place));
}

function setsOf(field: DateField, period: Period | null): Record<string, string | null> {
  const [year, ofYear, day] = periodNames(field);
  const text = (number: number | undefined) => (number === undefined ? null : String(number));
  return { [year]: text(period?.year), [ofYear]: text(period?.month), [day]: text(period?.day) };
}

function labelOf({ year, month: of, day }: Period): string {
  if (of === undefined) return String(year);
  const date = new Date(Date.UTC(2000, of - 1, day ?? 1));
  date.setUTCFullYear(year);
  return day === undefined ? month.format(date) : monthAndDay.format(date);
}
