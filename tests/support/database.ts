import { rmSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { settings } from '@/lib/conf/settings';
import { createPermissions } from '@/lib/contrib/auth/management/create-permissions';
import { clearContentTypeCache } from '@/lib/contrib/contenttypes/models';
import { closeDb, db } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
// As every request does it: takes in what the apps bring.
import '@/lib/site/app-configs';
import { makeDatabaseFolder } from './databases/folder';
import { patternPrefix } from './postgres-server';

/** Ends what a set-up began; `beforeAll` calls it when it is returned. */
type TearDown = () => Promise<void>;

/** Which database the tests of this run use. */
export const testDatabase = process.env['TEST_DATABASE'] === 'postgresql' ? 'postgresql' : 'sqlite';

const ACCOUNTS = 'accounts.User';

let made = 0;

// Migrating takes a quarter of a second: the first database of a worker is the pattern of its others.
const patterns = new Map<string, string>();

/**
 * A new database of the kind that TEST_DATABASE names, migrated, with content types and permissions
 * and nothing else, at DATABASE_URL. `beforeAll(freshDatabase)` also closes and deletes it after
 * the file's tests.
 */
export async function freshDatabase(): Promise<TearDown> {
  const of = JSON.stringify([settings.AUTH_USER_MODEL, settings.INSTALLED_APPS]);
  const pattern = patterns.get(of);
  if (pattern) return copyDatabase(pattern);
  const tearDown = await emptyDatabase();
  await migrateWhole();
  patterns.set(of, await keepPattern());
  return tearDown;
}

async function migrateWhole(): Promise<void> {
  await applyMigrations();
  if (settings.AUTH_USER_MODEL === ACCOUNTS) {
    const { makeAccountTables } = await import('./user-model/tables');
    await makeAccountTables();
  }
  await createPermissions();
}

/** Keep a copy of the database as it is, which others are made from. */
async function keepPattern(): Promise<string> {
  if (testDatabase === 'sqlite') {
    const kept = path.join(await makeDatabaseFolder('gatehouse-pattern-'), 'kept.sqlite3');
    process.once('exit', () => rmSync(path.dirname(kept), { recursive: true, force: true }));
    // Not the file: what was written last is in its log still.
    await db.$executeRaw`VACUUM INTO ${kept}`;
    return kept;
  }
  await closeDb();
  const name = `${patternPrefix()}${process.pid}_${Date.now()}`;
  await onServer(
    `CREATE DATABASE ${name} TEMPLATE ${new URL(process.env['DATABASE_URL'] ?? '').pathname.slice(1)}`,
  );
  return name;
}

async function copyDatabase(pattern: string): Promise<TearDown> {
  if (testDatabase === 'postgresql') return emptyDatabase({ pattern });
  const tearDown = await emptyDatabase();
  await copyFile(pattern, (process.env['DATABASE_URL'] ?? '').replace(/^file:/, ''));
  return tearDown;
}

/**
 * A new database without a table, at DATABASE_URL. `timeZone` is the database's own zone on
 * PostgreSQL, `pattern` there the database that it is a copy of.
 */
export async function emptyDatabase({
  timeZone,
  pattern,
}: {
  timeZone?: string;
  pattern?: string;
} = {}): Promise<TearDown> {
  await closeDb();
  clearContentTypeCache();
  return testDatabase === 'sqlite' ? emptySqlite() : emptyPostgresql(timeZone, pattern);
}

async function emptySqlite(): Promise<TearDown> {
  const folder = await makeDatabaseFolder('gatehouse-sqlite-');
  process.env['DATABASE_URL'] = `file:${path.join(folder, 'test.sqlite3')}`;
  return async () => {
    await closeDb();
    await rm(folder, { recursive: true, force: true });
  };
}

async function emptyPostgresql(timeZone?: string, pattern = 'template1'): Promise<TearDown> {
  made += 1;
  const name = `gatehouse_${process.pid}_${Date.now()}_${made}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${pattern} STRATEGY FILE_COPY`);
  if (timeZone) await onServer(`ALTER DATABASE ${name} SET timezone TO '${timeZone}'`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  process.env['DATABASE_URL'] = url.href;
  return async () => {
    await closeDb();
    await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (!url) throw new Error('TEST_POSTGRES_URL names no server: run the tests with vitest.');
  return url;
}
