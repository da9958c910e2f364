import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findDjango } from '@/tests/oracle/find-django';
import { copyOfTree } from '@/tests/support/copy-of-tree';
import { DjangoSite, type SiteKind } from '@/tests/support/django-site/django-site';
import { type PostgresServer, startPostgres } from '@/tests/support/postgres';

const SECRET = 'only-for-tests-0123456789abcdefghijklmnop';
const PASSWORD = 'correct horse 42';
const NAME = 'ada@example.com';

type Probe = {
  id: number;
  idIsNumber: boolean;
  isSignedIn: boolean;
  permissions: string[];
  listed: string[];
  saved: boolean;
  added: boolean;
  isDeleted: boolean;
  stored: string;
  eve: string;
  history: number;
};

type Rows = Record<string, string[][]>;

const KINDS: readonly (readonly [SiteKind, string])[] = [
  ['stock', 'BigAutoField'],
  ['abstract', 'AutoField'],
  ['abstract', 'BigAutoField'],
  ['email', 'AutoField'],
  ['email', 'BigAutoField'],
];

const MATRIX = (['sqlite', 'postgresql'] as const).flatMap((database) =>
  KINDS.map(([kind, autoField]) => ({ database, kind, autoField })),
);

const python = findDjango();
let server: PostgresServer;
let folder: string;
let url: string;
let made = 0;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server?.stop());

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function newDatabase(database: 'sqlite' | 'postgresql'): Promise<string> {
  made += 1;
  if (database === 'sqlite') return `file:${path.join(folder, 'var/site.sqlite3')}`;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE site_${made}`);
  await client.end();
  return server.url.replace(/\/postgres$/, `/site_${made}`);
}

function tsx(...args: string[]): string {
  const env = { ...process.env };
  for (const name of ['VITEST', 'NODE_ENV', 'TEST_DATABASE', 'FORCE_COLOR']) {
    Reflect.deleteProperty(env, name);
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...env,
        DATABASE_URL: url,
        SECRET_KEY: SECRET,
        ALLOWED_HOSTS: 'localhost',
        NO_COLOR: '1',
      },
    },
  );
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** The rows of before are there still, each as it was; new ones may stand behind them. */
function expectKept(before: Rows, after: Rows): void {
  for (const [table, rows] of Object.entries(before)) {
    const kept = new Set((after[table] ?? []).map((row) => row.join('|')));
    expect(rows.filter((row) => !kept.has(row.join('|')))).toEqual([]);
  }
}

describe.skipIf(python === null)('a real Django site', () => {
  it.each(MATRIX)(
    'is adopted in one command, and both serve it: $kind, $autoField, $database',
    async ({ database, kind, autoField }) => {
      folder = copyOfTree();
      cpSync('lib/generated', path.join(folder, 'lib/generated'), { recursive: true });
      mkdirSync(path.join(folder, 'var/django'), { recursive: true });
      url = await newDatabase(database);
      const site = new DjangoSite(python?.program ?? '', path.join(folder, 'var/django'), {
        ...{ kind, autoField, url, secret: SECRET },
      });
      const ada =
        kind === 'email'
          ? { email: NAME, full_name: 'Ada', password: PASSWORD }
          : { username: NAME, email: NAME, password: PASSWORD };
      site.ask('make', { people: [ada] });
      const session = site.ask<string>('begin_session', { name: NAME, password: PASSWORD });
      const before = site.ask<Rows>('rows');

      const args = kind === 'email' ? ['--required-fields', 'full_name'] : [];
      const said = tsx('manage.ts', 'adopt', ...args);
      expect(said).toContain("Adopted Django's tables: 0001_django is marked as applied.");
      expectKept(before, site.ask<Rows>('rows'));
      expect(readFileSync(path.join(folder, 'lib/site/settings.ts'), 'utf8')).toContain(
        "PASSWORD_HASHERS: ['pbkdf2_sha256', ",
      );

      const boss = kind === 'email' ? ['--full_name', 'Boss'] : ['--username', 'boss@example.com'];
      tsx('manage.ts', 'createsuperuser', '--noinput', '--email', 'boss@example.com', ...boss);
      const probe = JSON.parse(
        tsx('tests/support/django-site/probe.ts', NAME, PASSWORD).trim().split('\n').at(-1) ?? '',
      ) as Probe;
      expect(probe).toMatchObject({
        ...{ idIsNumber: true, isSignedIn: true, saved: true, added: true, isDeleted: true },
        listed: [NAME],
        permissions: ['polls.view_question'],
      });
      expect(probe.history).toBeGreaterThan(1);
      expect(probe.eve).toMatch(/^pbkdf2_sha256\$/);
      expect(tsx('manage.ts', 'check')).toContain('no issues');

      expect(site.ask('is_signed_in', { session })).toBe(true);
      expect(site.ask('groups_of', { name: NAME })).toEqual(['Given here', 'Readers']);
      const eve = { name: 'eve@example.com', password: 'correct horse 43' };
      expect(site.ask('signs_in', eve)).toBe(true);
      expect(site.ask('migrate')).toContain('No migrations to apply.');
      expect(site.ask('pending')).toBe('');
      site.ask('join', { name: 'eve@example.com', group: 'Readers' });
      expect(tsx('manage.ts', 'why', 'eve@example.com', 'polls.view_question')).toContain('holds');
      // Django makes the table anew on SQLite: what hangs on it is found missing, and made again.
      if (database === 'sqlite') {
        site.ask('rebuild_users');
        expect(tsx('manage.ts', 'migrate')).toContain('_search_update again.');
      }
      expect(tsx('manage.ts', 'check')).toContain('no issues');
      expect(tsx('manage.ts', 'inspectdb', 'polls')).toContain('2 model(s) have screens');
      expect(tsx('manage.ts', 'makemigrations', '--check')).toContain('No changes');
      expect(tsx('manage.ts', 'check')).toContain('no issues');
      expect(site.ask('migrate')).toContain('No migrations to apply.');
      site.ask('delete', { name: NAME });
      expect(site.ask('signs_in', { name: NAME, password: PASSWORD })).toBe(false);
      if (kind === 'stock') {
        site.ask('add_column', { table: 'polls_question', column: 'mood' });
        expect(() => tsx('manage.ts', 'inspectdb', '--check')).toThrow(
          'polls_question has a column mood, which is not declared.',
        );
      }
    },
  );
});
