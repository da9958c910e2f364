import { databaseProvider, db } from '@/lib/db/client';

/**
 * Whether there is a table of that name, and the database's user may read it.
 * Django: no counterpart; its introspection lists what it may not read
 */
export async function isReadable(table: string): Promise<boolean> {
  const [row] =
    databaseProvider() === 'sqlite'
      ? await db.$queryRaw<{ found: unknown }[]>`
          SELECT 1 AS found FROM sqlite_master WHERE type IN ('table', 'view') AND name = ${table}`
      : await db.$queryRaw<{ found: unknown }[]>`
          SELECT 1 AS found WHERE has_table_privilege(to_regclass(quote_ident(${table})), 'SELECT')`;
  return row !== undefined;
}
