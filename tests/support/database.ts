import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { settings } from '@/lib/conf/settings';
import { createPermissions } from '@/lib/contrib/auth/management/create-permissions';
import { clearContentTypeCache } from '@/lib/contrib/contenttypes/models';
import { closeDb } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
// As every request does it: takes in what the apps bring.
import '@/lib/site/app-configs';

/** Ends what a set-up began; `beforeAll` calls it when it is returned. */
type TearDown = () => Promise<void>;

/** Which database the tests of this run use. */
export const testDatabase = process.env['TEST_DATABASE'] === 'postgresql' ? 'postgresql' : 'sqlite';

const ACCOUNTS = 'accounts.User';

let made = 0;

/**
 * A new database of the kind that TEST_DATABASE names, migrated, with content types and permissions
 * and nothing else, at DATABASE_URL. `beforeAll(freshDatabase)` also closes and deletes it after
 * the file's tests.
 */
export async function freshDatabase(): Promise<TearDown> {
  const tearDown = await emptyDatabase();
  await applyMigrations();
  if (settings.AUTH_USER_MODEL === ACCOUNTS) {
    const { makeAccountTables } = await import('./user-model/tables');
    await makeAccountTables();
  }
  await createPermissions();
  return tearDown;
}

/**
 * A new database without a table, at DATABASE_URL. `timeZone` is the database's own zone on
 * PostgreSQL.
 */
export async function emptyDatabase({ timeZone }: { timeZone?: string } = {}): Promise<TearDown> {
  await closeDb();
  clearContentTypeCache();
  return testDatabase === 'sqlite' ? emptySqlite() : emptyPostgresql(timeZone);
}

async function emptySqlite(): Promise<TearDown> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-sqlite-'));
  process.env['DATABASE_URL'] = `file:${path.join(folder, 'test.sqlite3')}`;
  return async () => {
    await closeDb();
    await rm(folder, { recursive: true, force: true });
  };
}

async function emptyPostgresql(timeZone: string | undefined): Promise<TearDown> {
  made += 1;
  const name = `gatehouse_${process.pid}_${Date.now()}_${made}`;
  await onServer(`CREATE DATABASE ${name}`);
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
