import { databaseProvider, db } from '@/lib/db/client';

/**
 * Whether a column alone is unique in all rows of its table, by a constraint or an index. Null when
 * there is no such table, or no database that answers.
 * Django: Field.unique, Options.total_unique_constraints
 */
export async function isUniqueColumn(table: string, column: string): Promise<boolean | null> {
  try {
    const rows =
      databaseProvider() === 'sqlite' ? await inSqlite(table) : await inPostgresql(table);
    if (rows.length === 0) return null;
    return rows.some(({ columns }) => columns === column);
  } catch {
    return null;
  }
}

// Each statement gives the table itself as one row without columns, then each unique index with
// the columns it spans.
type Unique = { columns: string | null };

function inSqlite(table: string): Promise<Unique[]> {
  return db.$queryRaw<Unique[]>`
    SELECT NULL AS columns FROM sqlite_master WHERE type = 'table' AND name = ${table}
    UNION ALL
    SELECT group_concat(i.name) FROM pragma_index_list(${table}) l, pragma_index_info(l.name) i
    WHERE l."unique" = 1 AND l.partial = 0 GROUP BY l.name`;
}

function inPostgresql(table: string): Promise<Unique[]> {
  return db.$queryRaw<Unique[]>`
    SELECT NULL AS columns FROM pg_class c WHERE c.oid = to_regclass(quote_ident(${table}))
    UNION ALL
    SELECT string_agg(a.attname::text, ',') FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = to_regclass(quote_ident(${table})) AND i.indisunique AND i.indpred IS NULL
    GROUP BY i.indexrelid`;
}
