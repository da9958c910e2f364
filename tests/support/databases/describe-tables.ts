import { db } from '@/lib/db/client';
import { testDatabase } from '@/tests/support/database';

/** A column as `type`, followed by `null` where it may be. */
export type Columns = Record<string, string>;

export type ForeignKey = { column: string; target: string; isDeferred: boolean; onDelete: string };

type SqliteColumn = { name: string; type: string; notnull: bigint | number };
type SqliteIndex = { name: string; unique: bigint | number; origin: string };

/** The columns of a table of the current database, in their order. */
export async function columnsOf(table: string): Promise<Columns> {
  if (testDatabase === 'sqlite') {
    const rows = await db.$queryRawUnsafe<SqliteColumn[]>(`PRAGMA table_info("${table}")`);
    return Object.fromEntries(
      rows.map(({ name, type, notnull }) => [
        name,
        Number(notnull) ? type.toLowerCase() : `${type.toLowerCase()} null`,
      ]),
    );
  }
  const rows = await db.$queryRaw<{ name: string; type: string; is_null: boolean }[]>`
    SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS is_null
    FROM pg_attribute WHERE attrelid = to_regclass(${table}) AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum`;
  return Object.fromEntries(
    rows.map(({ name, type, is_null }) => [name, is_null ? `${type} null` : type]),
  );
}

/** The indexes of a table by name, as `unique (a, b)` or `(a)`, without the primary key's. */
export async function indexesOf(table: string): Promise<Record<string, string>> {
  return testDatabase === 'sqlite' ? sqliteIndexes(table) : postgresqlIndexes(table);
}

/** The foreign keys of a table, in the order of its columns. */
export async function foreignKeysOf(table: string): Promise<ForeignKey[]> {
  if (testDatabase === 'sqlite') {
    const ddl = await sqliteDdl(table);
    const rows = await db.$queryRawUnsafe<{ from: string; table: string; on_delete: string }[]>(
      `PRAGMA foreign_key_list("${table}")`,
    );
    return rows
      .map((row) => ({
        column: row.from,
        target: row.table,
        isDeferred: new RegExp(
          `"${row.from}"[^,]* REFERENCES [^,]* DEFERRABLE INITIALLY DEFERRED`,
        ).test(ddl),
        onDelete: row.on_delete,
      }))
      .sort(byColumn);
  }
  const rows = await db.$queryRaw<(ForeignKey & { onDelete: string })[]>`
    SELECT attname::text AS "column", confrelid::regclass::text AS target,
      condeferrable AND condeferred AS "isDeferred",
      CASE confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'n' THEN 'SET NULL' ELSE confdeltype::text END
        AS "onDelete"
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND conrelid = to_regclass(${table})`;
  return rows.sort(byColumn);
}

/** The statement that made a table, as SQLite keeps it. */
export async function sqliteDdl(table: string): Promise<string> {
  const rows = await db.$queryRaw<{ sql: string }[]>`
    SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ${table}`;
  return rows[0]?.sql ?? '';
}

async function sqliteIndexes(table: string): Promise<Record<string, string>> {
  const rows = await db.$queryRawUnsafe<SqliteIndex[]>(`PRAGMA index_list("${table}")`);
  const described: Record<string, string> = {};
  for (const { name, unique } of rows) {
    const columns = await db.$queryRawUnsafe<{ name: string }[]>(`PRAGMA index_info("${name}")`);
    described[name] = phrase(
      Boolean(Number(unique)),
      columns.map((column) => column.name),
    );
  }
  return described;
}

async function postgresqlIndexes(table: string): Promise<Record<string, string>> {
  const rows = await db.$queryRaw<{ name: string; is_unique: boolean; columns: string }[]>`
    SELECT indexrelid::regclass::text AS name, indisunique AS is_unique,
      substring(pg_get_indexdef(indexrelid) FROM '[(](.*)[)]') AS columns
    FROM pg_index WHERE indrelid = to_regclass(${table}) AND NOT indisprimary`;
  return Object.fromEntries(
    rows.map((row) => [row.name, phrase(row.is_unique, row.columns.split(', '))]),
  );
}

function phrase(isUnique: boolean, columns: string[]): string {
  return `${isUnique ? 'unique ' : ''}(${columns.join(', ')})`;
}

function byColumn(left: ForeignKey, right: ForeignKey): number {
  return left.column < right.column ? -1 : 1;
}
