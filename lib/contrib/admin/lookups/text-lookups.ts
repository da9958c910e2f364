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
