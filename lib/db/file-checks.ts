import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CheckMessage, checkWarning } from '@/lib/core/checks/registry';
import { isConfigured } from './checks';
import { databaseProvider } from './client';
import { sqlitePath } from './sqlite/sqlite';

const OTHERS_READ = 0o004;
const OTHERS_ENTER = 0o001;

/**
 * Files of secrets that every user of this machine can read: `.env`, the SQLite database with the
 * password hashes, and what lies beside it. Before a deployment; on Windows, whose files have other
 * rights, nothing.
 * Django: no counterpart
 */
export function checkFilesArePrivate(files = secretFiles()): CheckMessage[] {
  if (process.platform === 'win32') return [];
  return files.filter(isReadByOthers).map((file) => {
    const hint = `Run: chmod 600 ${file}`;
    return checkWarning('conf.W009', `Every user of this machine can read ${file}.`, hint);
  });
}

function secretFiles(): string[] {
  const variables = ['.env', '.env.local'];
  if (!isConfigured() || databaseProvider() !== 'sqlite') return variables;
  const database = sqlitePath();
  return [...variables, database, `${database}-wal`, `${database}-shm`];
}

function isReadByOthers(file: string): boolean {
  const mode = modeOf(file);
  return (mode & OTHERS_READ) !== 0 && (modeOf(dirname(file)) & OTHERS_ENTER) !== 0;
}

function modeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
}
