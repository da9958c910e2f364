import { databaseProvider, Prisma } from '@/lib/db/client';

/** Lookups of a text, as Django names them. */
export const TEXT_LOOKUPS = [
  'exact',
  'iexact',
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
] as const;

export type TextLookup = (typeof TEXT_LOOKUPS)[number];

const PATTERNS: Record<Exclude<TextLookup, 'exact'>, (text: string) => string> = {
  iexact: (text) => text,
  contains: (text) => `%${text}%`,
  icontains: (text) => `%${text}%`,
  startswith: (text) => `${text}%`,
  istartswith: (text) => `${text}%`,
  endswith: (text) => `%${text}`,
  iendswith: (text) => `%${text}`,
};

type Searched = {
  kind: string;
  native?: string | undefined;
  maxDigits?: number | undefined;
  decimalPlaces?: number | undefined;
};

// Of a number below zero SQLite keeps each digit's complement to nine.
const COMPLEMENTS = [
  ['0', '9'],
  ['1', '8'],
  ['2', '7'],
  ['3', '6'],
  ['4', '5'],
] as const;

/**
 * A column as text that can be searched: PostgreSQL compares no UUID, address or enum with a part of a
 * text, and pads a text of a fixed length.
 */
export function textColumn(field: Searched, column: Prisma.Sql): Prisma.Sql {
  const { kind, native } = field;
  const isSqlite = databaseProvider() === 'sqlite';
  if (kind === 'text' && (native === undefined || native === 'citext')) return column;
  if (!isSqlite && native === 'inet') return Prisma.sql`ABBREV(${column})`;
  if (!isSqlite) return Prisma.sql`CAST(${column} AS text)`;
  if (kind === 'decimal') return decimalDigits(field, column);
  return native === 'char' ? Prisma.sql`RTRIM(${column})` : Prisma.sql`CAST(${column} AS text)`;
}

/**
 * The condition that a column's text matches. On SQLite all but `exact` take upper and lower case of
 * ASCII as one, as they do in Django there.
 * Django: DatabaseWrapper.operators
 */
export function textCondition(column: Prisma.Sql, lookup: TextLookup, text: string): Prisma.Sql {
  if (lookup === 'exact') return Prisma.sql`${column} = ${text}`;
  const pattern = PATTERNS[lookup](text.replace(/[\\%_]/g, '\\$&'));
  if (databaseProvider() === 'postgresql' && lookup.startsWith('i')) {
    return Prisma.sql`UPPER(${column}) LIKE UPPER(${pattern}) ESCAPE '\\'`;
  }
  return Prisma.sql`${column} LIKE ${pattern} ESCAPE '\\'`;
}

// What `decimalText` makes of a number, made into digits again, with the places that the column has.
function decimalDigits({ maxDigits = 65, decimalPlaces = 0 }: Searched, column: Prisma.Sql) {
  const kept = Prisma.sql`RTRIM(SUBSTR(${column}, 6), '~')`;
  const negative = COMPLEMENTS.reduce(
    (text, [one, other]) =>
      Prisma.sql`REPLACE(REPLACE(REPLACE(${text}, ${one}, 'x'), ${other}, ${one}), 'x', ${other})`,
    kept,
  );
  const digits = Prisma.sql`CASE WHEN ${column} < 'p' THEN '-' || ${negative} ELSE ${kept} END`;
  if (maxDigits === 65 || decimalPlaces === 0) return digits;
  const zeros = '0'.repeat(decimalPlaces);
  return Prisma.sql`(
    SELECT SUBSTR(long, 1, INSTR(long, '.') + ${decimalPlaces}) FROM (
      SELECT digits || CASE INSTR(digits, '.') WHEN 0 THEN '.' ELSE '' END || ${zeros} AS long
      FROM (SELECT ${digits} AS digits)))`;
}
