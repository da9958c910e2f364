import '@/lib/site/app-configs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { planAdoption } from '@/lib/contrib/auth/management/adopt/plan-adoption';
import { clearContentTypeCache } from '@/lib/contrib/contenttypes/models';
import { closeDb } from '@/lib/db/client';
import { findDjangos } from '@/tests/oracle/find-django';
import type { DjangoSite, SiteKind } from '@/tests/support/django-site/django-site';
import { documented } from '@/tests/support/django-site/documented';
import { GrownTree } from '@/tests/support/django-site/grown-tree';
import { type PostgresServer, startPostgres } from '@/tests/support/postgres';

const PASSWORD = 'correct horse 42';
const NAME = 'ada@example.com';
const EVE = { name: 'eve@example.com', password: 'correct horse 43' };

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

const MATRIX = (['sqlite', 'postgresql'] as const).flatMap((database) =>
  (['stock', 'abstract', 'email'] as const).flatMap((kind) =>
    (['AutoField', 'BigAutoField'] as const).map((autoField) => ({ database, kind, autoField })),
  ),
);

// Made by the oldest, and served by each of the others in turn.
const [oldest, ...newer] = findDjangos();
let server: PostgresServer;
let tree: GrownTree;

beforeAll(async () => {
  server = await startPostgres();
});
afterEach(() => tree?.remove());
afterAll(() => server?.stop());

/** The rows of before are there still, each as it was; new ones may stand behind them. */
function expectKept(before: Rows, after: Rows): void {
  for (const [table, rows] of Object.entries(before)) {
    const kept = new Set((after[table] ?? []).map((row) => row.join('|')));
    expect(rows.filter((row) => !kept.has(row.join('|')))).toEqual([]);
  }
}

function makePeople(site: DjangoSite, kind: SiteKind): void {
  const named = kind === 'email' ? { full_name: 'Ada' } : { username: NAME };
  site.ask('make', { people: [{ ...named, email: NAME, password: PASSWORD }] });
}

/** Adopt it, and do here what people do. */
function adopt(site: DjangoSite, kind: SiteKind): void {
  const before = site.ask<Rows>('rows');
  const args = kind === 'email' ? ['--required-fields', 'full_name'] : [];
  const said = tree.tsx('manage.ts', 'adopt', ...args);
  expect(said).toContain("Adopted Django's tables: 0001_django is marked as applied.");
  // The example of the page.
  if (kind === 'abstract') expect(said).toMatch(documented('Found the user model'));
  expectKept(before, site.ask<Rows>('rows'));
  expect(readFileSync(path.join(tree.folder, 'lib/site/settings.ts'), 'utf8')).toContain(
    "PASSWORD_HASHERS: ['pbkdf2_sha256', ",
  );
  const boss = kind === 'email' ? ['--full_name', 'Boss'] : ['--username', 'boss@example.com'];
  tree.tsx('manage.ts', 'createsuperuser', '--noinput', '--email', 'boss@example.com', ...boss);
  const probe = tree.probe<Probe>('probe.ts', NAME, PASSWORD);
  expect(probe).toMatchObject({
    ...{ idIsNumber: true, isSignedIn: true, saved: true, added: true, isDeleted: true },
    listed: [NAME],
    permissions: ['polls.view_question'],
  });
  expect(probe.history).toBeGreaterThan(1);
  expect(probe.eve).toMatch(/^pbkdf2_sha256\$/);
  expect(tree.tsx('manage.ts', 'check')).toContain('no issues');
}

/** What was done here is so at Django, and what Django does is so here. */
function expectBothServe(site: DjangoSite, database: string, session: string): void {
  expect(site.ask('is_signed_in', { session })).toBe(true);
  expect(site.ask('groups_of', { name: NAME })).toEqual(['Given here', 'Readers']);
  expect(site.ask('signs_in', EVE)).toBe(true);
  expect(site.ask('migrate')).toContain('No migrations to apply.');
  expect(site.ask('pending')).toBe('');
  site.ask('join', { name: EVE.name, group: 'Readers' });
  expect(tree.tsx('manage.ts', 'why', EVE.name, 'polls.view_question')).toContain('holds');
  // Django makes the table anew on SQLite: what hangs on it is found missing, and made again.
  if (database === 'sqlite') {
    site.ask('rebuild_users');
    expect(tree.tsx('manage.ts', 'migrate')).toContain('_search_update again.');
  }
}

/** Django is another release from now on: hashes it has made stronger are read here, and its sessions stay. */
function upgrade(site: DjangoSite, release: string, session: string): void {
  site.ask('migrate');
  expect(site.ask('pending')).toBe('');
  expect(site.ask('is_signed_in', { session })).toBe(true);
  const before = site.ask<string>('stored', { name: EVE.name });
  expect(site.ask('signs_in', EVE)).toBe(true);
  const after = site.ask<string>('stored', { name: EVE.name });
  expect(iterations(after)).toBeGreaterThan(iterations(before));
  site.ask('join', { name: EVE.name, group: release });
  const here = tree.probe<{ groups: string[] }>('sign-in-probe.ts', EVE.name, EVE.password);
  expect(here).toMatchObject({ isSignedIn: true, groups: expect.arrayContaining([release]) });
  expect(site.ask('stored', { name: EVE.name })).toBe(after);
  expect(tree.tsx('manage.ts', 'migrate')).toContain('No migrations to apply.');
}

async function planOf({ url }: GrownTree): Promise<unknown> {
  await closeDb();
  clearContentTypeCache();
  const former = process.env['DATABASE_URL'];
  process.env['DATABASE_URL'] = url;
  try {
    return await planAdoption({
      userModel: undefined,
      usernameField: undefined,
      requiredFields: undefined,
    });
  } finally {
    await closeDb();
    if (former === undefined) Reflect.deleteProperty(process.env, 'DATABASE_URL');
    else process.env['DATABASE_URL'] = former;
  }
}

function iterations(stored: string): number {
  return Number(/^pbkdf2_sha256\$(\d+)\$/.exec(stored)?.[1]);
}

/** Django has its database to itself again, with all that was made here and that it has a table for. */
function giveBack(site: DjangoSite, kind: SiteKind, session: string): void {
  if (kind === 'abstract' && tree.url.startsWith('file:')) {
    expect(tree.tsx('manage.ts', 'giveback')).toMatch(documented('-- Stop Gatehouse and'));
  }
  const before = site.ask<Rows>('rows');
  expect(tree.tsx('manage.ts', 'giveback', '--drop', '--noinput')).toContain('Django has its');
  expect(site.ask<Rows>('rows')).toEqual(before);
  const [all, djangos] = site.ask<[string[], string[]]>('tables');
  expect(all).toEqual(djangos);
  expect(site.ask('triggers')).toBe(0);
  expect(site.ask('migrate')).toContain('No migrations to apply.');
  expect(site.ask('pending')).toBe('');
  const own = kind === 'stock' ? [] : ['accounts'];
  expect(site.ask('remove_stale')).toEqual(
    [...own, 'admin', 'auth', 'contenttypes', 'polls', 'sessions'].sort(),
  );
  expect(site.ask('is_signed_in', { session })).toBe(true);
  expect(site.ask('signs_in', EVE)).toBe(true);
  site.ask('rebuild_users');
  site.ask('delete', { name: NAME });
  expect(site.ask('signs_in', { name: NAME, password: PASSWORD })).toBe(false);
}

describe.skipIf(oldest === undefined)('a real Django site', () => {
  it.each(MATRIX)(
    'is adopted in one command, both serve it, and it is given back: $kind, $autoField, $database',
    async ({ database, kind, autoField }) => {
      tree = await GrownTree.make({ database, kind, autoField }, server.url);
      let site = tree.servedBy(oldest?.program ?? '');
      makePeople(site, kind);
      const session = site.ask<string>('begin_session', { name: NAME, password: PASSWORD });
      adopt(site, kind);
      expectBothServe(site, database, session);
      expect(tree.tsx('manage.ts', 'inspectdb', 'polls')).toMatch(
        documented('What is declared is what'),
      );
      expect(tree.tsx('manage.ts', 'makemigrations', '--check')).toContain('No changes');
      expect(tree.tsx('manage.ts', 'check')).toContain('no issues');
      for (const { program, version } of newer) {
        site = tree.servedBy(program);
        upgrade(site, version.join('.'), session);
      }
      if (kind === 'stock') {
        site.ask('add_column', { table: 'polls_question', column: 'mood' });
        expect(() => tree.tsx('manage.ts', 'inspectdb', '--check')).toThrow(
          'polls_question has a column mood, which is not declared.',
        );
      }
      giveBack(site, kind, session);
    },
  );

  // Without DJANGO_PYTHONS, which names Pythons with other releases, there is nothing to compare with.
  it.skipIf(newer.length === 0).each(MATRIX)(
    'is understood alike whichever release made it: $kind, $autoField, $database',
    async ({ database, kind, autoField }) => {
      const plans: unknown[] = [];
      for (const python of [oldest, ...newer]) {
        tree = await GrownTree.empty({ database, kind, autoField }, server.url);
        makePeople(tree.servedBy(python?.program ?? ''), kind);
        plans.push(await planOf(tree));
        tree.remove();
      }
      expect(plans.slice(1)).toEqual(newer.map(() => plans[0]));
    },
  );
});
