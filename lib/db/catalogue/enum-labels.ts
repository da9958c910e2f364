import { db } from '@/lib/db/client';

/**
 * The values of a column's enum in the order in which PostgreSQL sorts them, which is that of the schema unless some were
 * added later. None where the column has no enum. For PostgreSQL alone: SQLite has texts.
 * Django: no counterpart
 */
export async function enumLabels(table: string, column: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ label: string }[]>`
    SELECT e.enumlabel::text AS label FROM pg_attribute AS a JOIN pg_enum AS e ON e.enumtypid = a.atttypid
    WHERE a.attrelid = to_regclass(quote_ident(${table})) AND a.attname = ${column} AND NOT a.attisdropped
    ORDER BY e.enumsortorder`;
  return rows.map(({ label }) => label);
}
