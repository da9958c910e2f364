import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { databaseProvider, db } from '@/lib/db/client';
import { madeListIndexes } from './list-indexes';
import { readMigrations } from './migration-files';
import { usersOfSettings } from './site-users';

type Trigger = { name: string; table: string; routine: string | null; body: string };

const HISTORY = '_prisma_migrations';
const STAND_INS = ['auth_user_user_permissions', 'auth_user_groups', 'auth_user'];

/**
 * What takes everything of ours out of a database that a Django goes on with alone, as statements in their
 * order: triggers and indexes on its tables, then each table that a migration of ours has made, but for
 * those that an app of Django's has migrated. None of Django's rows is touched.
 * Django: no counterpart
 */
export async function giveBackStatements(): Promise<string[]> {
  const tables = await ownTables();
  const doomed = new Set(tables);
  const triggers = (await allTriggers()).filter(
    ({ table, body }) => !doomed.has(table) && tables.some((name) => mentions(body, name)),
  );
  const isSqlite = databaseProvider() === 'sqlite';
  const routines = new Set(triggers.flatMap(({ routine }) => routine ?? []));
  return [
    ...triggers.map(({ name, table }) =>
      isSqlite
        ? `DROP TRIGGER ${quoted(name)}`
        : `DROP TRIGGER ${quoted(name)} ON ${quoted(table)}`,
    ),
    ...[...routines].map((routine) => `DROP FUNCTION ${routine}`),
    ...(await madeListIndexes()).map((name) => `DROP INDEX ${quoted(name)}`),
    ...dropped(tables, isSqlite),
  ];
}

// Those that refer to others were made after them.
async function ownTables(): Promise<string[]> {
  const [, ...migrations] = readMigrations();
  const made = migrations.flatMap(({ sql }) =>
    [...sql.matchAll(/CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?"(\w+)"/g)].map(
      ([, name = '']) => name,
    ),
  );
  const search = `${usersOfSettings().table}_search`;
  const named = [...new Set([HISTORY, ...made, search])].reverse();
  const labels = await djangosApps();
  const found: string[] = [];
  for (const name of named) {
    // The index beside a site's own user table begins with that site's label, and is ours.
    const isOurs = name === search || name.startsWith('auth_');
    const isDjangos = !isOurs && labels.has(name.split('_', 1)[0] ?? '');
    if (!isDjangos && (await isThere(name))) found.push(name);
  }
  return usersOfSettings().table === 'auth_user' ? found : [...found, ...(await emptyStandIns())];
}

// A site with a user model of its own has them only because migrations here name them.
async function emptyStandIns(): Promise<string[]> {
  const found: string[] = [];
  for (const name of STAND_INS) {
    if (!(await isThere(name))) continue;
    const rows = await db.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM ${quoted(name)} LIMIT 1`);
    if (rows.length === 0) found.push(name);
  }
  return found.length === STAND_INS.length ? found : [];
}

async function djangosApps(): Promise<Set<string>> {
  if (!(await isThere('django_migrations'))) return new Set();
  const rows = await db.$queryRaw<{ app: string }[]>`SELECT DISTINCT app FROM django_migrations`;
  return new Set(rows.map(({ app }) => app));
}

function allTriggers(): Promise<Trigger[]> {
  if (databaseProvider() === 'sqlite') {
    return db.$queryRaw<Trigger[]>`
      SELECT name, tbl_name AS "table", NULL AS routine, sql AS body FROM sqlite_master
      WHERE type = 'trigger' ORDER BY name`;
  }
  return db.$queryRaw<Trigger[]>`
    SELECT t.tgname::text AS name, c.relname::text AS "table",
           t.tgfoid::regprocedure::text AS routine, p.prosrc AS body
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY t.tgname`;
}

// On PostgreSQL one statement, whatever refers to what.
function dropped(tables: readonly string[], isSqlite: boolean): string[] {
  if (isSqlite) return tables.map((name) => `DROP TABLE ${quoted(name)}`);
  return tables.length === 0 ? [] : [`DROP TABLE ${tables.map(quoted).join(', ')}`];
}

async function isThere(table: string): Promise<boolean> {
  return ((await tableColumns(table)) ?? []).length > 0;
}

function mentions(body: string, table: string): boolean {
  return new RegExp(`\\b${table}\\b`).test(body);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
