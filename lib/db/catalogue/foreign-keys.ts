import { settings } from '@/lib/conf/settings';
import { databaseProvider, db } from '@/lib/db/client';

/** A table as a statement names it; `schema` is null where its name alone finds it. */
export type TableName = { schema: string | null; name: string };

/** A foreign key of the database itself, of whichever application. Columns are in pairs. */
export type ForeignKey = {
  from: TableName;
  columns: string[];
  to: TableName;
  targets: string[];
  /** What the database does to the rows that refer when the row they refer to is deleted. */
  fate: 'refused' | 'deleted' | 'emptied';
  /** Whether we may read the rows that refer. */
  isReadable: boolean;
};

type Read = { version: string; readAt: number; keys: Promise<ForeignKey[]> };

// PostgreSQL does not tell when its tables change: milliseconds after which they are looked at anew.
const MAX_AGE = 60_000;

let latest: Read | null = null;

/**
 * Every foreign key of the database, also those of tables that we know nothing of. Read once per
 * process, and again when SQLite's schema has another version, on PostgreSQL after a minute, or after
 * `forgetForeignKeys`. Empty where the catalogue cannot be read.
 * Django: db/backends/base/introspection.py get_constraints
 */
export async function foreignKeys(): Promise<ForeignKey[]> {
  const isSqlite = databaseProvider() === 'sqlite';
  const version = `${settings.DATABASE_URL} ${isSqlite ? await schemaVersion() : ''}`;
  const isFresh = isSqlite || Date.now() - (latest?.readAt ?? 0) < MAX_AGE;
  if (latest?.version === version && isFresh) return latest.keys;
  const keys = (isSqlite ? inSqlite() : inPostgresql()).catch(() => []);
  latest = { version, readAt: Date.now(), keys };
  return keys;
}

/**
 * The foreign keys between tables that their names alone find: the connection's own, without those of
 * another site in a schema beside it.
 */
export async function ownForeignKeys(): Promise<ForeignKey[]> {
  const keys = await foreignKeys();
  return keys.filter(({ from, to }) => from.schema === null && to.schema === null);
}

/** Read the foreign keys anew: the database has refused what they would have allowed. */
export function forgetForeignKeys(): void {
  latest = null;
}

/** The table as people know it. */
export function tableText({ schema, name }: TableName): string {
  return schema === null ? name : `${schema}.${name}`;
}

async function schemaVersion(): Promise<number> {
  const [row] = await db.$queryRaw<{ schema_version: number }[]>`PRAGMA schema_version`;
  return Number(row?.schema_version);
}

type SqliteColumn = {
  child: string;
  id: number;
  column: string;
  parent: string;
  target: string | null;
  onDelete: string;
};

// A key that names no column means the primary key.
async function inSqlite(): Promise<ForeignKey[]> {
  const rows = await db.$queryRaw<SqliteColumn[]>`
    SELECT m.name AS child, f.id, f."from" AS "column", f."table" AS parent, f.on_delete AS "onDelete",
      COALESCE(f."to", (SELECT i.name FROM pragma_table_info(f."table") i WHERE i.pk = f.seq + 1)) AS target
    FROM sqlite_master m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq`;
  const found = new Map<string, ForeignKey>();
  for (const { child, id, column, parent, target, onDelete } of rows) {
    const key = found.get(`${id} ${child}`) ?? {
      from: { schema: null, name: child },
      columns: [],
      to: { schema: null, name: parent },
      targets: [],
      fate: fateOf(onDelete),
      isReadable: true,
    };
    key.columns.push(column);
    key.targets.push(target ?? 'rowid');
    found.set(`${id} ${child}`, key);
  }
  return [...found.values()];
}

type PostgresqlKey = {
  fromSchema: string | null;
  from: string;
  columns: string[];
  toSchema: string | null;
  to: string;
  targets: string[];
  onDelete: string;
  isReadable: boolean;
};

// The keys that PostgreSQL makes itself for each partition have a parent.
async function inPostgresql(): Promise<ForeignKey[]> {
  const rows = await db.$queryRaw<PostgresqlKey[]>`
    SELECT CASE WHEN pg_table_is_visible(c.oid) THEN NULL ELSE cn.nspname::text END AS "fromSchema",
      c.relname::text AS "from",
      ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum ORDER BY u.place) AS columns,
      CASE WHEN pg_table_is_visible(p.oid) THEN NULL ELSE pn.nspname::text END AS "toSchema",
      p.relname::text AS "to",
      ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(attnum, place)
        JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = u.attnum ORDER BY u.place) AS targets,
      k.confdeltype::text AS "onDelete",
      has_schema_privilege(cn.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS "isReadable"
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
    JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
    WHERE k.contype = 'f' AND k.conparentid = 0
    ORDER BY cn.nspname, c.relname, k.conname`;
  return rows.map(({ fromSchema, from, toSchema, to, onDelete, ...key }) => ({
    ...key,
    from: { schema: fromSchema, name: from },
    to: { schema: toSchema, name: to },
    fate: fateOf(onDelete),
  }));
}

function fateOf(onDelete: string): ForeignKey['fate'] {
  if (onDelete === 'CASCADE' || onDelete === 'c') return 'deleted';
  return /^(SET |[nd]$)/.test(onDelete) ? 'emptied' : 'refused';
}
