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

/**
 * A column as text that can be searched: PostgreSQL compares no UUID, address or enum with a part of a
 * text, and pads a text of a fixed length. Of a decimal SQLite's own digits follow `#`.
 */
export function textColumn(
  { kind, native }: { kind: string; native?: string | undefined },
  column: Prisma.Sql,
): Prisma.Sql {
  const isSqlite = databaseProvider() === 'sqlite';
  if (kind === 'text' && (native === undefined || native === 'citext')) return column;
  if (!isSqlite) return Prisma.sql`CAST(${column} AS text)`;
  if (kind === 'decimal') return Prisma.sql`SUBSTR(${column}, 6)`;
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
