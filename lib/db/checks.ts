import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { databaseProvider, db } from './client';
import { missingListIndexes } from './migrations/list-indexes';
import { migrationState } from './migrations/migration-history';
import { misplacement } from './postgresql/placement';
import { reasonOf } from './reasons';
import { sqlitePath } from './sqlite/sqlite';
import { sqliteWriteRefusal } from './sqlite/sqlite-file';

// Milliseconds. Load balancers wait no longer than a few seconds.
const HEALTH_TIMEOUT = 2000;

const MIGRATE = 'Run `npm run manage -- migrate`.';

/**
 * The database must answer and have every migration; at most one finding, and no file is made.
 * An address that names no database is another check's finding and none here.
 * Django: core/management/base.py check_migrations; core/checks/database.py
 */
export async function checkDatabase(): Promise<CheckMessage[]> {
  if (!isConfigured()) return [];
  if (databaseProvider() === 'sqlite' && !existsSync(sqlitePath())) {
    return [checkError('db.E002', `There is no database at ${sqlitePath()}.`, MIGRATE)];
  }
  try {
    const misplaced = await misplacement();
    if (misplaced) return [misplaced];
    const { unapplied, failed, isAdoptable } = await migrationState();
    if (isAdoptable) {
      return [
        checkError(
          'db.E003',
          "The database has Django's tables and none of ours.",
          `${MIGRATE} It verifies them and adds ours.`,
        ),
      ];
    }
    if (failed.length > 0) {
      return [
        checkError(
          'db.E004',
          `The migration ${failed.join(', ')} failed half way.`,
          'Put the tables right, then run `npm run manage -- migrate --rolled-back NAME` and migrate again.',
        ),
      ];
    }
    if (unapplied.length === 0) return [writeRefusal() ?? (await slowLists())].flat();
    return [checkError('db.E002', `The database lacks ${unapplied.join(', ')}.`, MIGRATE)];
  } catch (error) {
    const refusal = writeRefusal();
    if (refusal) return [checkError('db.E001', refusal.message, refusal.hint)];
    const { what, hint } = reasonOf(error);
    return [checkError('db.E001', `The database does not answer (${what}).`, hint)];
  }
}

/**
 * A SQLite database that this user cannot write, as a finding, or null: where it can be read, pages are
 * served and nothing is kept.
 * Django: none; the first write fails with "attempt to write a readonly database"
 */
export function writeRefusal(): CheckMessage | null {
  if (!isConfigured() || databaseProvider() !== 'sqlite') return null;
  const refusal = sqliteWriteRefusal(sqlitePath());
  const hint = 'Give file and folder to the user that runs this, or run as theirs.';
  return refusal ? checkWarning('db.W003', refusal, hint) : null;
}

async function slowLists(): Promise<CheckMessage[]> {
  const missing = await missingListIndexes();
  if (missing.length === 0) return [];
  return [
    checkWarning(
      'db.W001',
      `Long lists of users are slow without ${missing.join(', ')}.`,
      `${MIGRATE} On PostgreSQL the role must be allowed to create the extension pg_trgm.`,
    ),
  ];
}

/** Whether the database answers a trivial query within two seconds. Never rejects. */
export async function isDatabaseReachable(): Promise<boolean> {
  const answer = db.$queryRaw`SELECT 1 AS one`.then(
    () => true,
    () => false,
  );
  const waiting = new AbortController();
  const silence = sleep(HEALTH_TIMEOUT, false, waiting).catch(() => false);
  return Promise.race([answer, silence]).finally(() => waiting.abort());
}

/** Whether DATABASE_URL names a database of a kind that is known. */
export function isConfigured(): boolean {
  try {
    databaseProvider();
    return true;
  } catch {
    return false;
  }
}
