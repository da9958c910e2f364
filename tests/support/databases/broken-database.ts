import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { closeDb, databaseProvider, db } from '@/lib/db/client';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';

/** Puts right what was broken. */
type Mend = () => Promise<void>;

/** From here on the database at DATABASE_URL can be read and not written to. */
export async function refuseWriting(): Promise<Mend> {
  if (databaseProvider() === 'sqlite') {
    await db.$executeRawUnsafe('PRAGMA query_only = ON');
    return async () => {
      await db.$executeRawUnsafe('PRAGMA query_only = OFF');
    };
  }
  await alterDatabase('SET default_transaction_read_only = on');
  return () => alterDatabase('RESET default_transaction_read_only');
}

/** From here on another process holds what a writer needs: SQLite's write lock, a lock on each table. */
export async function lockWriting(): Promise<Mend> {
  if (databaseProvider() === 'sqlite') return lockSqlite();
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] ?? '' });
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    'LOCK TABLE auth_session, auth_security_log, auth_user, auth_group IN SHARE MODE',
  );
  return () => client.end();
}

/** From here on no connection to the database can be had, and those there were are gone. */
export async function takeAway(): Promise<Mend> {
  if (databaseProvider() === 'sqlite') {
    const file = sqlitePath();
    await rename(file, `${file}.gone`);
    return () => rename(`${file}.gone`, file);
  }
  const name = new URL(process.env['DATABASE_URL'] ?? '').pathname.slice(1);
  await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await endConnections(name);
  return () => onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
}

/** From here on SQLite's disk, a small one, has no room for a further byte. */
export async function fillDisk(): Promise<Mend> {
  // The log of writes would have room of its own.
  await db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
  const filler = path.join(path.dirname(sqlitePath()), 'filler');
  for (const size of [1 << 20, 1 << 12, 1]) {
    const block = Buffer.alloc(size, 'x');
    let hasRoom = true;
    while (hasRoom) hasRoom = await appendFile(filler, block).then(() => true, isFull);
  }
  return () => rm(filler);
}

function isFull(error: NodeJS.ErrnoException): false {
  if (error.code !== 'ENOSPC') throw error;
  return false;
}

async function lockSqlite(): Promise<Mend> {
  const program = `
    const database = new (require('libsql'))(${JSON.stringify(sqlitePath())});
    database.exec('BEGIN IMMEDIATE');
    process.stdout.write('locked');
    process.stdin.resume();`;
  const holder = spawn(process.execPath, ['-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return async () => {
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  };
}

async function alterDatabase(change: string): Promise<void> {
  const name = new URL(process.env['DATABASE_URL'] ?? '').pathname.slice(1);
  await onServer(`ALTER DATABASE ${name} ${change}`);
  await closeDb();
  await endConnections(name);
}

async function endConnections(name: string): Promise<void> {
  await onServer(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['TEST_POSTGRES_URL'] ?? '' });
  await client.connect();
  await client.query(statement);
  await client.end();
}
