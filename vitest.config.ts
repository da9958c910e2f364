import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { keepDatabasesOfRun } from './tests/support/databases/folder';
import { withEveryType } from './tests/support/every-type/project.mjs';
import { testsOfAppsOut } from './tests/support/removed-app/apps-out.mjs';
import {
  ABOUT_AUTH_USER,
  COMPARED,
  OWN,
  REPRESENTATIVE,
  withAccounts,
} from './tests/support/user-model/project.mjs';

const setupFiles = ['tests/support/console.ts', 'tests/support/fixed-settings.ts'];

const integration = (database: 'sqlite' | 'postgresql') => ({
  extends: true as const,
  test: {
    name: `integration-${database}`,
    include: ['tests/integration/**/*.test.ts'],
    exclude: testsOfAppsOut,
    env: { TEST_DATABASE: database },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...(database === 'postgresql' && { globalSetup: ['tests/support/postgres-server.ts'] }),
  },
});

const isAskedFor = (project: string) => process.argv.some((arg) => arg.includes(project));

/**
 * The tests of some files as one file: in several each worker starts the application, which is most of what
 * they cost. What an app that was deleted took with it is left out.
 */
const together = (files: readonly string[]) => ({
  include: ['tests/together.test.ts'],
  env: {
    TOGETHER: files.filter((file) => existsSync(path.join(import.meta.dirname, file))).join(),
  },
});

const filesIn = (folder: string) =>
  readdirSync(path.join(import.meta.dirname, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`);

const isWhole = process.env['TEST_USER_MODEL'] === 'all' || Boolean(process.env['TEST_LONG']);

/**
 * The integration tests again, of a site whose people are `accounts.User`: those that stand for the
 * rest, or with TEST_USER_MODEL=all every one that is not about the columns of `auth_user`.
 */
const userModel = (database: 'sqlite' | 'postgresql') => {
  const { test } = integration(database);
  // A sample of what is compared with a Django, on one of them.
  const representative = [
    ...REPRESENTATIVE,
    ...(database === 'sqlite' ? COMPARED.slice(0, 1) : []),
  ];
  const include = isWhole ? [OWN, ...test.include, ...COMPARED] : [OWN, ...representative];
  const isOne = !isWhole && testsOfAppsOut.length === 0 && !isAskedFor('user-model');
  const one = together([...filesIn('tests/user-model'), ...representative]);
  return {
    extends: true as const,
    ...withAccounts,
    test: {
      ...test,
      name: `user-model-${database}`,
      include: isOne ? one.include : include,
      env: { ...test.env, ...(isOne && one.env) },
      testTimeout: isWhole ? 600_000 : test.testTimeout,
      globalSetup: [...(test.globalSetup ?? []), 'tests/oracle/global-setup.ts'],
      exclude: [...ABOUT_AUTH_USER, ...testsOfAppsOut],
      setupFiles: [...setupFiles, 'tests/support/user-model/use-accounts.ts'],
    },
  };
};

/**
 * Tests of a site that has a model of each type and relation: on each database those that can fail there
 * alone, and with TEST_LONG all on both, as one file; when they are asked for, all on both, file by file.
 */
const EVERY_TYPE = {
  sqlite: [
    'values',
    'form',
    'relations',
    'options',
    'inlines',
    'lines-of-others',
    'odd-lines',
    'list-editable',
    'admin-checks',
    'related',
    'beside-lines',
    'told',
    'generated',
    'long-list',
  ],
  postgresql: [
    'values',
    'list',
    'inlines',
    'odd-lines',
    'list-editable',
    'import',
    'model-form',
    'files',
    'long-list',
  ],
};

const isEveryTypeWhole = Boolean(process.env['TEST_LONG']);

const everyType = (database: 'sqlite' | 'postgresql') => {
  const { test } = integration(database);
  const asked = isEveryTypeWhole
    ? [...new Set(Object.values(EVERY_TYPE).flat())]
    : EVERY_TYPE[database];
  const isOne = !isAskedFor('every-type');
  const one = together(asked.map((name) => `tests/every-type/${name}.test.ts`));
  return {
    extends: true as const,
    ...withEveryType,
    test: {
      ...test,
      name: `every-type-${database}`,
      include: isOne ? one.include : ['tests/every-type/*.test.ts'],
      exclude: [],
      env: { ...test.env, ...(isOne && one.env) },
      globalSetup: [...(test.globalSetup ?? []), 'tests/support/every-type/make.ts'],
    },
  };
};

/** Every guard, for pages, actions and handlers. */
const boundary = {
  extends: true as const,
  test: {
    name: 'boundary',
    include: ['tests/boundary/**/*.test.{ts,tsx}'],
    env: { TEST_DATABASE: 'sqlite' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
};

/** Compared with a real Django, where a Python has one. */
const oracle = (database: 'sqlite' | 'postgresql') => {
  const server = database === 'postgresql' ? ['tests/support/postgres-server.ts'] : [];
  return {
    extends: true as const,
    test: {
      name: `oracle-${database}`,
      include: ['tests/oracle/**/*.test.ts'],
      env: { TEST_DATABASE: database },
      testTimeout: 600_000,
      hookTimeout: 60_000,
      globalSetup: [...server, 'tests/oracle/global-setup.ts'],
    },
  };
};

// About no table: what the apps declare, and hashes. By the name of its project each is there on both.
const ON_ONE_DATABASE = ['tests/integration/apps/out.test.ts', 'tests/oracle/hashes.test.ts'];

/**
 * What the projects of one database are when none is asked for by its name: each of their workers would start
 * the application, which takes as long as many of their tests.
 */
const ofDatabase = (database: 'sqlite' | 'postgresql') => {
  const parts = [
    integration(database),
    oracle(database),
    ...(database === 'sqlite' ? [boundary] : []),
  ].map(({ test }) => test);
  return {
    extends: true as const,
    test: {
      ...integration(database).test,
      name: database,
      include: parts.flatMap(({ include }) => include),
      exclude: [...testsOfAppsOut, ...(database === 'postgresql' ? ON_ONE_DATABASE : [])],
      testTimeout: 120_000,
      globalSetup: oracle(database).test.globalSetup,
    },
  };
};

const areNamed =
  Boolean(process.env['TEST_LONG']) || process.argv.some((arg) => arg.startsWith('--project'));

/** Does what docs/grow.md says in a copy of the tree: some minutes, so for `npm run test:long`. */
const grown = {
  extends: true as const,
  test: {
    name: 'grown',
    include: ['tests/grown/**/*.test.ts'],
    // A Django site from its adoption to its way back: a hundred programs, on whatever machine.
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
  },
};

/** A folder for what is compiled: of this run alone, for its key does not know of files that moved. */
function compiledInThisRun(): string {
  // Each project reads this file anew.
  const made = process.env['TEST_COMPILED'];
  if (made) return made;
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-compiled-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env['TEST_COMPILED'] = folder;
  return folder;
}

keepDatabasesOfRun();

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    env: { SECRET_KEY: 'only-for-tests-0123456789abcdefghijklmnop', ALLOWED_HOSTS: 'localhost' },
    setupFiles,
    maxWorkers: '100%',
    // Most of a file's time is the import of the application: the files of a worker share it.
    isolate: false,
    // The projects read the same sources: what one has compiled serves the others.
    experimental: { fsModuleCache: true, fsModuleCachePath: compiledInThisRun() },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: testsOfAppsOut,
          env: { DATABASE_URL: 'file:./unit/tests/have/no/database' },
          testTimeout: 20_000,
        },
      },
      ...(process.env['TEST_LONG'] ||
      process.argv.some((arg) => /^(--project=)?grown$|^tests\/grown/.test(arg))
        ? [grown]
        : []),
      ...(areNamed
        ? [boundary, integration('sqlite'), integration('postgresql')]
        : [ofDatabase('sqlite'), ofDatabase('postgresql')]),
      userModel('sqlite'),
      userModel('postgresql'),
      everyType('sqlite'),
      everyType('postgresql'),
      ...(areNamed ? [oracle('sqlite'), oracle('postgresql')] : []),
    ],
  },
});
