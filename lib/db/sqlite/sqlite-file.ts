import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ImproperlyConfigured } from '@/lib/core/exceptions';

/**
 * Make the folder of a SQLite database for its owner alone, where it is missing. Throws
 * ImproperlyConfigured with the path where this user may not.
 */
export function makeSqliteFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asSentence(error, path);
  }
}

/**
 * Make a SQLite file that its owner alone reads, where it is missing: it holds the password hashes.
 * SQLite gives the files that it puts beside it the same rights. One that exists keeps those that
 * somebody gave it. Throws ImproperlyConfigured with the path where this user may not.
 */
export function makeSqliteFile(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw asSentence(error, path);
  }
}

/**
 * Why this user cannot write a SQLite database, in one sentence, or null: the file, or the folder in
 * which SQLite writes beside it. Null too for a file that is not there.
 */
export function sqliteWriteRefusal(path: string): string | null {
  if (!existsSync(path)) return null;
  if (!isWritable(path)) return `The database ${path} cannot be written by this user.`;
  if (isWritable(dirname(path))) return null;
  return `The folder of the database ${path} cannot be written by this user.`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function asSentence(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) return error;
  const message = `The database ${path} cannot be made by this user (${code}).`;
  return new ImproperlyConfigured(`${message} Let them write its folder, or correct DATABASE_URL.`);
}
