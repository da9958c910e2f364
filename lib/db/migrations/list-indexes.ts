import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { readMigrations } from './migration-files';
import { executeScript } from './schema-engine';

const MIGRATION = '0006_user_list';

/**
 * The names of what migration 0006 makes, the indexes of the list of users, and the database lacks:
 * on SQLite all are gone when Django remakes `auth_user`, on PostgreSQL the one for the search is
 * missing where the role may not create `pg_trgm`. Lists and searches are right without them, but slow.
 * Django: no counterpart
 */
export async function missingListIndexes(): Promise<string[]> {
  const made = await existing(wantedNames());
  return wantedNames().filter((name) => !made.has(name));
}

/**
 * Make the missing ones again, and fill the search index anew, since rows may have changed without
 * it. Returns the names of those that exist now and did not.
 */
export async function restoreListIndexes(): Promise<string[]> {
  const missing = await missingListIndexes();
  if (missing.length === 0) return [];
  await executeScript(script());
  const made = await existing(missing);
  return missing.filter((name) => made.has(name));
}

function script(): string {
  return readMigrations().find(({ name }) => name === MIGRATION)?.sql ?? '';
}

function wantedNames(): string[] {
  const created = /CREATE (?:INDEX|TRIGGER|VIRTUAL TABLE) IF NOT EXISTS "(\w+)"/g;
  return [...script().matchAll(created)].map(([, name = '']) => name);
}

async function existing(names: readonly string[]): Promise<Set<string>> {
  const list = Prisma.join([...names]);
  const rows = await db.$queryRaw<{ name: string }[]>(
    databaseProvider() === 'sqlite'
      ? Prisma.sql`SELECT name FROM sqlite_master WHERE name IN (${list})`
      : Prisma.sql`SELECT name FROM unnest(ARRAY[${list}]) AS name WHERE to_regclass(name) IS NOT NULL`,
  );
  return new Set(rows.map(({ name }) => name));
}
