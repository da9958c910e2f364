import { brought } from '@/lib/apps/registry';
import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { type ListedTable, listScript } from './list-script';
import { executeScript } from './schema-engine';

const CREATED = /CREATE (?:INDEX|TRIGGER|VIRTUAL TABLE) IF NOT EXISTS "(\w+)"/g;

/**
 * The names of the indexes of long lists that the database lacks, those of users as migration 0006
 * makes them for `auth_user`: on SQLite all are gone when Django remakes the table, on PostgreSQL the
 * one for the search is missing where the role may not create `pg_trgm`. Lists and searches are right
 * without them, but slow. Of a table that is not there yet none is missing.
 * Django: no counterpart
 */
export async function missingListIndexes(): Promise<string[]> {
  const wanted = namesIn(await scripts());
  const made = await existing(wanted);
  return wanted.filter((name) => !made.has(name));
}

/**
 * Make the missing ones again, and fill the search index anew, since rows may have changed without
 * it. Returns the names of those that exist now and did not.
 */
export async function restoreListIndexes(): Promise<string[]> {
  const missing = await missingListIndexes();
  if (missing.length === 0) return [];
  for (const script of await scripts()) {
    if (namesIn([script]).some((name) => missing.includes(name))) await executeScript(script);
  }
  const made = await existing(missing);
  return missing.filter((name) => made.has(name));
}

/** The names of those that are there, without what keeps a search index. */
export async function madeListIndexes(): Promise<string[]> {
  const wanted = (await scripts()).flatMap((text) =>
    [...text.matchAll(/CREATE INDEX IF NOT EXISTS "(\w+)"/g)].map(([, name = '']) => name),
  );
  return [...(await existing(wanted))];
}

async function scripts(): Promise<string[]> {
  const found: string[] = [];
  for (const listed of brought('listedTables')) {
    const list = listed();
    const columns = (list && (await tableColumns(list.table))) ?? [];
    const isThere = list && columnsOf(list).every((each) => columns.includes(each));
    if (isThere) found.push(listScript(list, databaseProvider()));
  }
  return found;
}

function columnsOf({ name, texts, flags, further = {} }: ListedTable): string[] {
  return [name, ...texts, ...flags, ...Object.values(further).flat()];
}

function namesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [...text.matchAll(CREATED)].map(([, name = '']) => name));
}

async function existing(names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const list = Prisma.join([...names]);
  const rows = await db.$queryRaw<{ name: string }[]>(
    databaseProvider() === 'sqlite'
      ? Prisma.sql`SELECT name FROM sqlite_master WHERE name IN (${list})`
      : Prisma.sql`SELECT name FROM unnest(ARRAY[${list}]) AS name WHERE to_regclass(name) IS NOT NULL`,
  );
  return new Set(rows.map(({ name }) => name));
}
