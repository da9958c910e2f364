import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPermissions } from '@/lib/contrib/auth/management/create-permissions';
import { clearContentTypeCache } from '@/lib/contrib/contenttypes/models';
import { closeDb } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { makeDatabaseFolder } from '../databases/folder';
import { type PostgresServer, startPostgres } from '../postgres';

/** What the servers of the tests run with; this process too, since it writes rows and cookies itself. */
export const testEnvironment = {
  SECRET_KEY: 'only-for-browser-tests-0123456789abcdefghij',
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, 'only-for-browser-tests').toString('base64'),
  ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]',
  /** The least that bcrypt takes: what a sign-in costs is measured in bench/. */
  BCRYPT_ROUNDS: '4',
  /** For all servers of one run; its tests leave no file there. */
  MEDIA_ROOT: path.join(tmpdir(), 'gatehouse-e2e-media'),
};

/** What a developer's own `.env` may set: an empty value in the environment goes before it. */
export const neutral = {
  ACCESS_LOG: '',
  APP_ORIGIN: '',
  DATABASE_POOL_SIZE: '',
  DATABASE_PREPARED_STATEMENTS: '',
  DATABASE_STATEMENT_TIMEOUT: '',
  EMAIL_URL: '',
  HOST: '',
  LOG_FORMAT: '',
  LOG_LEVEL: '',
  LOG_SQL: '',
  METRICS_TOKEN: '',
  PORT: '',
  SECRET_KEY_FALLBACKS: '',
  SECURITY_LOG_STDOUT: '',
  SHUTDOWN_DELAY: '',
  TRUSTED_PROXY_HOPS: '',
  WEB_CONCURRENCY: '',
};

/** A database that is gone after `remove`. */
export type TestDatabase = { url: string; remove(): Promise<void> };

/** A migrated SQLite file with content types and permissions, in a folder of its own. */
export async function createSqlite(): Promise<TestDatabase> {
  const folder = await makeDatabaseFolder('gatehouse-e2e-');
  const url = `file:${path.join(folder, 'gatehouse.sqlite3')}`;
  await migrateSqlite(url);
  return { url, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Make the file, wherever it is to be, with content types and permissions. */
export async function migrateSqlite(url: string): Promise<void> {
  await withDatabase(url, migrate);
}

/** A migrated database on a PostgreSQL of its own, whose zone is not UTC. */
export async function createPostgresql(
  options: Record<string, string> = {},
): Promise<TestDatabase & Omit<PostgresServer, 'stop'>> {
  const server = await startPostgres({ options });
  await withDatabase(server.url, migrate);
  const { stop, ...running } = server;
  return { ...running, remove: stop };
}

/** Let `lib/` in this process speak to another database while `body` runs. */
export async function withDatabase<T>(url: string, body: () => Promise<T>): Promise<T> {
  const before = process.env['DATABASE_URL'];
  await connectTo(url);
  try {
    return await body();
  } finally {
    await connectTo(before);
  }
}

/** Let `lib/` in this process speak to this database from now on; to none without a url. */
export async function connectTo(url: string | undefined): Promise<void> {
  await closeDb();
  clearContentTypeCache();
  if (url === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = url;
}

async function migrate(): Promise<void> {
  await applyMigrations();
  await createPermissions();
}
