import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearContentTypeCache } from '@/lib/contrib/contenttypes/models';
import { isDatabaseReachable } from '@/lib/db/checks';
import { closeDb } from '@/lib/db/client';
import { checkFilesArePrivate } from '@/lib/db/file-checks';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { testDatabase } from '@/tests/support/database';
import { repositoryRoot } from '@/tests/support/sources';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const isPosix = process.platform !== 'win32';

let folder: string;
let before: string | undefined;

beforeEach(async () => {
  await closeDb();
  clearContentTypeCache();
  before = process.env['DATABASE_URL'];
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-private-'));
});

afterEach(async () => {
  await closeDb();
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  rmSync(folder, { recursive: true, force: true });
});

function use(file: string): string {
  const at = path.join(folder, file);
  process.env['DATABASE_URL'] = `file:${at}`;
  return at;
}

function modeOf(file: string): string {
  return (statSync(file).mode & 0o777).toString(8);
}

/** `manage` as a user who owns nothing here. */
function manageAsNobody(database: string, ...args: string[]): string {
  const program = ['--import', 'tsx', 'manage.ts', ...args];
  const { stdout, stderr } = spawnSync(process.execPath, program, {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: `file:${database}`, TMPDIR: '/tmp' },
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  return stdout + stderr;
}

describe.skipIf(testDatabase !== 'sqlite' || !isPosix)('a SQLite database', () => {
  it('is made for its owner alone, with its folders and what SQLite puts beside it', async () => {
    const umask = process.umask(0o022);
    try {
      const database = use('var/deep/new.sqlite3');
      await applyMigrations();
      const made = readdirSync(path.dirname(database)).sort();
      expect(made).toEqual(['new.sqlite3', 'new.sqlite3-shm', 'new.sqlite3-wal']);
      for (const name of made)
        expect(modeOf(path.join(folder, 'var/deep', name)), name).toBe('600');
      for (const name of ['var', 'var/deep']) expect(modeOf(path.join(folder, name))).toBe('700');
    } finally {
      process.umask(umask);
    }
  });

  it('is made so by whatever opens it first, and keeps the rights that somebody gave it', async () => {
    const database = use('opened.sqlite3');
    await isDatabaseReachable();
    expect(modeOf(database)).toBe('600');
    await closeDb();
    chmodSync(database, 0o660);
    await applyMigrations();
    expect(modeOf(database)).toBe('660');
  });

  it.each([
    ['there is none yet', 'new.sqlite3'],
    ['its folder is missing', 'missing/new.sqlite3'],
  ])('that this user cannot make is told as that by migrate, where %s', (_what, name) => {
    chmodSync(folder, 0o555);
    const said = manageAsNobody(use(name), 'migrate');
    chmodSync(folder, 0o755);
    expect(said).toMatch(/new\.sqlite3 cannot be made by this user \((EACCES|EPERM)\)/);
    expect(said).not.toMatch(/Run `npm run manage -- migrate`|\n\s+at /);
  });

  it.each([
    ['The folder of the database', 0o555, 0o666, 'migrate'],
    ['The database', 0o777, 0o444, 'check'],
  ])(
    'that is there and cannot be written is told as that: %s (%o, %o) by %s',
    async (what, ...rest) => {
      const [folderMode, fileMode, command] = rest;
      const database = use('read-only.sqlite3');
      await applyMigrations();
      await closeDb();
      chmodSync(database, fileMode);
      chmodSync(folder, folderMode);
      const said = manageAsNobody(database, command);
      chmodSync(folder, 0o755);
      expect(said).toContain(`${what} ${database} cannot be written by this user.`);
      expect(said).not.toMatch(/Start it|\n\s+at /);
    },
  );
});

describe.skipIf(!isPosix)('checkFilesArePrivate', () => {
  it('names each file of secrets that every user of the machine reads', () => {
    const file = path.join(folder, '.env');
    const missing = path.join(folder, '.env.local');
    writeFileSync(file, 'SECRET_KEY=x', { mode: 0o644 });
    chmodSync(folder, 0o755);
    expect(checkFilesArePrivate([file, missing])).toMatchObject([
      { level: 'warning', id: 'conf.W009', hint: `Run: chmod 600 ${file}` },
    ]);
    chmodSync(file, 0o640);
    expect(checkFilesArePrivate([file])).toEqual([]);
    chmodSync(file, 0o644);
    chmodSync(folder, 0o700);
    expect(checkFilesArePrivate([file])).toEqual([]);
  });
});
