import { type DbClient, databaseProvider, db } from '@/lib/db/client';

/**
 * The names of a table's columns; none where there is no such table. Null where the database does
 * not answer.
 * Django: db/backends/base/introspection.py get_table_description
 */
export async function tableColumns(table: string, client: DbClient = db): Promise<string[] | null> {
  try {
    const rows =
      databaseProvider() === 'sqlite'
        ? await client.$queryRaw<{ name: string }[]>`SELECT name FROM pragma_table_info(${table})`
        : await client.$queryRaw<{ name: string }[]>`
            SELECT attname::text AS name FROM pg_attribute
            WHERE attrelid = to_regclass(quote_ident(${table})) AND attnum > 0 AND NOT attisdropped`;
    return rows.map(({ name }) => name);
  } catch {
    return null;
  }
}
