import { settings } from '@/lib/conf/settings';
import { Prisma } from '@/lib/db/client';
import { hasNul } from '@/lib/forms/fields';
import { type Day, dayOf, isYear, parseDateTime, startOfDay } from './calendar';
import { isPart, partOfDate } from './date-parts';
import { IncorrectLookup } from './incorrect-lookup';
import { TEXT_LOOKUPS, textColumn, textCondition } from './text-lookups';
import { comparedValue, dayValue, type Held } from './typed-lookups';

type Comparison = 'exact' | 'gt' | 'gte' | 'lt' | 'lte';

const OPERATORS: Record<Comparison, Prisma.Sql> = {
  exact: Prisma.sql`=`,
  gt: Prisma.sql`>`,
  gte: Prisma.sql`>=`,
  lt: Prisma.sql`<`,
  lte: Prisma.sql`<=`,
};

// Longer than any column that is searched, and shorter than what SQLite takes as a pattern.
const MAX_TEXT_LENGTH = 1000;
const MAX_INTEGER = 2_147_483_647;
const MAX_SMALL = 32_767;
const TRUE = Prisma.sql`TRUE`;
const FALSE = Prisma.sql`FALSE`;

/**
 * The condition that one lookup, `exact` or `gte` say, puts on a column. Throws IncorrectLookup for a
 * lookup that the kind of column does not have, and for a value that is none.
 * Django: Field.get_lookup, Lookup.get_prep_lookup
 */
export function valueCondition(
  column: Prisma.Sql,
  held: Held,
  lookup: string,
  value: string,
): Prisma.Sql {
  if (lookup === 'isnull')
    return isTrue(value) ? isNull(column) : Prisma.sql`${column} IS NOT NULL`;
  if (lookup === 'in') {
    const parts = value.split(',').map((part) => valueCondition(column, held, 'exact', part));
    return anyOf(parts);
  }
  switch (held.kind) {
    case 'text':
      return textValue(textColumn(held, column), lookup, value);
    case 'boolean':
      if (lookup !== 'exact') throw new IncorrectLookup();
      return Prisma.sql`${column} = ${parseBoolean(value)}`;
    case 'datetime':
      return isPart(lookup)
        ? partOfDate(column, held.kind, lookup, value)
        : timeValue(column, lookup, value);
    case 'date':
      return isPart(lookup)
        ? partOfDate(column, held.kind, lookup, value)
        : typedValue(column, held, lookup, value);
    case 'integer':
      return integerValue(column, held, comparison(lookup), value);
    default:
      return typedValue(column, held, lookup, value);
  }
}

/** One of the conditions is true. There is one at least. */
export function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join([...conditions], ' OR ')})`;
}

/**
 * What Django takes for a yes in `…__isnull`.
 * Django: contrib/admin/utils.py prepare_lookup_value
 */
export function isTrue(value: string): boolean {
  return !['', 'false', '0'].includes(value.toLowerCase());
}

function isNull(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${column} IS NULL`;
}

function comparison(lookup: string): Comparison {
  const found = (Object.keys(OPERATORS) as Comparison[]).find((name) => name === lookup);
  if (!found) throw new IncorrectLookup();
  return found;
}

function textValue(column: Prisma.Sql, lookup: string, value: string): Prisma.Sql {
  const text = value.toWellFormed();
  if (hasNul(text) || text.length > MAX_TEXT_LENGTH) throw new IncorrectLookup();
  const known = TEXT_LOOKUPS.find((name) => name === lookup);
  if (known) return textCondition(column, known, text);
  return Prisma.sql`${column} ${OPERATORS[comparison(lookup)]} ${text}`;
}

// A number that no row can have is compared by its sign alone: PostgreSQL would refuse it.
function integerValue(
  column: Prisma.Sql,
  { native }: Held,
  lookup: Comparison,
  value: string,
): Prisma.Sql {
  if (!/^\s*[+-]?\d+\s*$/.test(value)) throw new IncorrectLookup();
  const number = Number(value);
  const most = native === 'smallint' ? MAX_SMALL : MAX_INTEGER;
  if (Math.abs(number + 0.5) <= most + 0.5)
    return Prisma.sql`${column} ${OPERATORS[lookup]} ${number}`;
  if (lookup === 'exact') return FALSE;
  return number > 0 === lookup.startsWith('l') ? TRUE : FALSE;
}

function typedValue(column: Prisma.Sql, held: Held, lookup: string, value: string): Prisma.Sql {
  const [transform, ...rest] = lookup.split('__');
  if (held.kind === 'date' && transform === 'year') {
    if (rest.length > 1) throw new IncorrectLookup();
    return yearCondition(column, comparison(rest[0] ?? 'exact'), firstOfYear(value).year);
  }
  const compared = comparedValue(held, value);
  const operator = comparison(lookup);
  if (compared === null) return FALSE;
  const isOrdered = !['uuid', 'text', 'enum'].includes(held.kind);
  if (!isOrdered && operator !== 'exact') throw new IncorrectLookup();
  return Prisma.sql`${column} ${OPERATORS[operator]} ${compared}`;
}

function yearCondition(column: Prisma.Sql, lookup: Comparison, year: number): Prisma.Sql {
  const first = dayValue({ year, month: 1, day: 1 });
  const next = dayValue({ year: year + 1, month: 1, day: 1 });
  switch (lookup) {
    case 'exact':
      return Prisma.sql`(${column} >= ${first} AND ${column} < ${next})`;
    case 'gt':
      return Prisma.sql`${column} >= ${next}`;
    case 'lte':
      return Prisma.sql`${column} < ${next}`;
    default:
      return Prisma.sql`${column} ${OPERATORS[lookup]} ${first}`;
  }
}

/** Django: BooleanField.to_python */
function parseBoolean(value: string): boolean {
  if (['1', 't', 'True'].includes(value)) return true;
  if (['0', 'f', 'False'].includes(value)) return false;
  throw new IncorrectLookup();
}

function timeValue(column: Prisma.Sql, lookup: string, value: string): Prisma.Sql {
  const [transform, ...rest] = lookup.split('__');
  if (transform === 'year' || transform === 'date') {
    if (rest.length > 1) throw new IncorrectLookup();
    const first = transform === 'year' ? firstOfYear(value) : dayOfText(value);
    return periodCondition(column, comparison(rest[0] ?? 'exact'), {
      start: first,
      end:
        transform === 'year'
          ? { ...first, year: first.year + 1 }
          : { ...first, day: first.day + 1 },
    });
  }
  const time = parseDateTime(value, settings.TIME_ZONE);
  if (!time) throw new IncorrectLookup();
  return Prisma.sql`${column} ${OPERATORS[comparison(lookup)]} ${time}`;
}

function periodCondition(column: Prisma.Sql, lookup: Comparison, period: { start: Day; end: Day }) {
  const start = startOfDay(period.start, settings.TIME_ZONE);
  const end = startOfDay(period.end, settings.TIME_ZONE);
  switch (lookup) {
    case 'exact':
      return Prisma.sql`(${column} >= ${start} AND ${column} < ${end})`;
    case 'gt':
      return Prisma.sql`${column} >= ${end}`;
    case 'lte':
      return Prisma.sql`${column} < ${end}`;
    default:
      return Prisma.sql`${column} ${OPERATORS[lookup]} ${start}`;
  }
}

function firstOfYear(value: string): Day {
  const year = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (!isYear(year)) throw new IncorrectLookup();
  return { year, month: 1, day: 1 };
}

function dayOfText(value: string): Day {
  const time = parseDateTime(value, settings.TIME_ZONE);
  const day = time && dayOf(time, settings.TIME_ZONE);
  if (!day || !isYear(day.year)) throw new IncorrectLookup();
  return day;
}
