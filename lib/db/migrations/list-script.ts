import type { databaseProvider } from '@/lib/db/client';

/** A table whose long lists people sort, filter and search. */
export type ListedTable = {
  table: string;
  /** The column of its number. */
  id: string;
  /** The column by which the list is sorted unless told. */
  name: string;
  /** Columns of text by which it is sorted and searched, `name` among them. */
  texts: readonly string[];
  /** Columns of flags by which it is filtered. */
  flags: readonly string[];
  /** Further indexes, by what their name says: their columns. */
  further?: Readonly<Record<string, readonly string[]>>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Tables that may be long, whose lists `manage migrate` makes indexes for. */
    readonly listedTables?: readonly (() => ListedTable | null)[];
  }
}

/** The table of trigrams of what is searched, and what keeps it; on SQLite alone. */
export function searchIndexOf({ table }: Pick<ListedTable, 'table'>) {
  const name = `${table}_search`;
  return { name, triggers: [`${name}_insert`, `${name}_update`, `${name}_delete`] };
}

/**
 * What makes the indexes of a list, as migration 0006 makes those of `auth_user`. Each statement may
 * run again, and fills the search index anew.
 * Django: no counterpart
 */
export function listScript(
  list: ListedTable,
  provider: ReturnType<typeof databaseProvider>,
): string {
  const search = provider === 'sqlite' ? trigramTable(list) : trigramIndex(list);
  return [...indexesOf(list), ...search].join('\n');
}

function indexesOf({ table, id, name, texts, flags, further = {} }: ListedTable): string[] {
  const wanted: { [what: string]: readonly string[] } = {};
  for (const text of texts) wanted[text] = [...new Set([text, name, id])];
  for (const flag of flags) wanted[flag] = [flag, name, id];
  // The list of the staff is read in the order of their numbers too.
  if (flags.includes('is_staff')) wanted['is_staff_id'] = ['is_staff', id];
  return Object.entries({ ...wanted, ...further }).map(
    ([what, columns]) =>
      `CREATE INDEX IF NOT EXISTS "${table}_list_${what}_idx" ON "${table}" (${quoted(columns)});`,
  );
}

function trigramIndex({ table, texts }: ListedTable): string[] {
  const columns = texts.map((text) => `UPPER("${text}") gin_trgm_ops`).join(', ');
  return [
    'DO $$ BEGIN',
    '  CREATE EXTENSION IF NOT EXISTS pg_trgm;',
    `  CREATE INDEX IF NOT EXISTS "${table}_list_search_idx" ON "${table}" USING gin (${columns});`,
    'EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN',
    "  RAISE WARNING 'Users are searched without an index: %', SQLERRM;",
    'END $$;',
  ];
}

function trigramTable(list: ListedTable): string[] {
  const { table, id, texts } = list;
  const { name, triggers } = searchIndexOf(list);
  const [inserted, updated, deleted] = triggers;
  const columns = quoted(texts);
  const into = `INSERT INTO "${name}" ("rowid", ${columns})`;
  const values = [id, ...texts].map((column) => `new."${column}"`).join(', ');
  const differs = [id, ...texts].map((text) => `old."${text}" <> new."${text}"`).join(' OR ');
  return [
    `CREATE VIRTUAL TABLE IF NOT EXISTS "${name}" USING fts5(${columns}, tokenize = 'trigram', detail = 'none', columnsize = 0);`,
    `DELETE FROM "${name}";`,
    `${into} SELECT "${id}", ${columns} FROM "${table}";`,
    `CREATE TRIGGER IF NOT EXISTS "${inserted}" AFTER INSERT ON "${table}" BEGIN`,
    `  DELETE FROM "${name}" WHERE "rowid" = new."${id}";`,
    `  ${into} VALUES (${values});`,
    'END;',
    `CREATE TRIGGER IF NOT EXISTS "${updated}" AFTER UPDATE OF "${id}", ${columns} ON "${table}"`,
    `WHEN ${differs} BEGIN`,
    `  DELETE FROM "${name}" WHERE "rowid" IN (old."${id}", new."${id}");`,
    `  ${into} VALUES (${values});`,
    'END;',
    `CREATE TRIGGER IF NOT EXISTS "${deleted}" AFTER DELETE ON "${table}" BEGIN`,
    `  DELETE FROM "${name}" WHERE "rowid" = old."${id}";`,
    'END;',
  ];
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
