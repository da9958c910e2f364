import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'libsql';
import { ImproperlyConfigured } from '@/lib/core/exceptions';

/** What SQLite keeps beside a database, and reads with it. */
const BESIDE = ['', '-wal', '-shm'];

/**
 * Copy a SQLite database into a new file as it is at one moment, with what stands in its write-ahead log,
 * while others read and write it. Only its owner can read the copy, which is whole or not there.
 * SQLite: VACUUM INTO; Django: none
 */
export function backUpSqlite(path: string, target: string): void {
  if (existsSync(target)) throw new ImproperlyConfigured(`${target} exists already.`);
  const part = `${target}.part`;
  try {
    copyDatabase(path, part);
    renameSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
}

/**
 * Put a backup in the place of a SQLite database, which is kept under the name that is returned, null if
 * there was none. A server that runs goes over to it at its next statement. Throws
 * ImproperlyConfigured for a file that is no database of ours, or a damaged one, and changes nothing then.
 */
export function restoreSqlite(backup: string, path: string, stamp: string): string | null {
  if (!existsSync(backup)) throw new ImproperlyConfigured(`There is no file ${backup}.`);
  const fresh = `${path}.restoring`;
  try {
    copyDatabase(backup, fresh);
    const kept = existsSync(path) ? `${path}.before-${stamp}` : null;
    // Its log goes with it: beside another file it would destroy that.
    for (const end of BESIDE) {
      if (!existsSync(path + end)) continue;
      if (kept === null) rmSync(path + end);
      else renameSync(path + end, kept + end);
    }
    renameSync(fresh, path);
    return kept;
  } finally {
    for (const end of BESIDE) rmSync(fresh + end, { force: true });
  }
}

// A file that is copied byte by byte is without what stands in its log.
function copyDatabase(from: string, to: string): void {
  rmSync(to, { force: true });
  // SQLite writes into an empty file, whose rights stay.
  closeSync(openSync(to, 'wx', 0o600));
  const source = new Database(from);
  try {
    checkWhole(source, from);
    vacuumInto(source, to);
  } finally {
    source.close();
  }
}

function checkWhole(source: Database.Database, from: string): void {
  try {
    const [found] = source.prepare('PRAGMA integrity_check').raw(true).all([]) as unknown[][];
    if (String(found) !== 'ok') throw new Error(String(found));
    source.prepare('SELECT 1 FROM _prisma_migrations').all([]);
  } catch (error) {
    throw new ImproperlyConfigured(`${from} is damaged, or no database that this site has made.`, {
      cause: error,
    });
  }
}

// Its fault is not that of the source, which was whole just now: the disk is full, most of the time.
function vacuumInto(source: Database.Database, to: string): void {
  try {
    source.prepare('VACUUM INTO ?').run([to]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImproperlyConfigured(`${to} cannot be written: ${why}.`, { cause: error });
  }
}
