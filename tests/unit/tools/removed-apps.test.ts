import { rmSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import { copyTree, restoreTree, run, runNode } from '@/tests/support/removed-app/tree-copy';

const node = process.execPath;

/** Without whom nobody would be anybody. */
const ESSENTIAL: readonly string[] = ['auth', 'contenttypes', 'sessions', 'messages'];
const REMOVABLE = APPS.map(({ label }) => label).filter((label) => !ESSENTIAL.includes(label));

/** Apps that do without another at run time, but are written with its code: forms of a model, made of the admin's metadata. */
const WRITTEN_WITH: Record<string, string> = { articles: 'admin' };

/** An app and what has to go before it, in the order in which they can go. */
function removals(label: string): string[] {
  const needing = APPS.filter(
    (app) => app.requires?.includes(label) || WRITTEN_WITH[app.label] === label,
  );
  return [...new Set([...needing.flatMap((app) => removals(app.label)), label])];
}

/** What is promised to leave everything else passing, told by all tests below the browser. */
const PROMISED = ['articles', 'tokens', 'hijack', 'watch', 'socialaccount', 'account'];

const tests = (...args: string[]) => ['node_modules/vitest/vitest.mjs', 'run', ...args];
const ofProjects = (...names: string[]) => names.flatMap((name) => ['--project', name]);

/** What `npm run check` runs, and the tests of the house itself, or all of them. */
const checksOf = (label: string): Record<string, string[]> => ({
  'the types of the routes': ['node_modules/next/dist/bin/next', 'typegen'],
  types: ['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', 'false'],
  'format and lint': LINT,
  'dead code': ['node_modules/knip/bin/knip.js', '--no-progress'],
  'the build': ['scripts/build.mjs'],
  ...(PROMISED.includes(label)
    ? { tests: tests(...ofProjects('unit', 'boundary', 'integration-sqlite')) }
    : {
        'tests of the house': tests(
          ...ofProjects('unit'),
          'tests/unit/tools',
          'tests/unit/docs',
          'tests/unit/apps',
        ),
      }),
});

const LINT = ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'];

const isLong = Boolean(process.env['TEST_LONG']);
let folder = '';

// One for all: the build makes anew what a removal has changed, and keeps the rest.
beforeEach(() => {
  if (!isLong) return;
  if (folder === '') folder = copyTree();
  else restoreTree(folder);
}, 120_000);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
}, 120_000);

// Two minutes for each app on an idle machine, six for those that are promised: `npm run test:long`.
describe.runIf(isLong)('the app deleted by `manage removeapp`:', () => {
  it.each(REMOVABLE)(
    '%s leaves a tree that passes every check',
    (label) => {
      for (const each of removals(label)) {
        expect(runNode(folder, 'manage.ts', 'removeapp', each, '--force')).toMatchObject({
          status: 0,
        });
      }
      for (const [name, args] of Object.entries(checksOf(label))) {
        const { status, output } = run(folder, node, ...args);
        expect(status, `${name}:\n${output}`).toBe(0);
      }
    },
    3_600_000,
  );
});

describe.runIf(isLong)('manage removeapp articles', () => {
  it('lists, refuses a tree that git has not kept, and leaves nothing of the app', () => {
    const listed = runNode(folder, 'manage.ts', 'removeapp', 'articles', '--dry-run');
    expect(listed.output).toContain('delete lib/site/articles/apps.ts\n');
    expect(run(folder, 'git', 'status', '--porcelain').output).toBe('');
    run(folder, 'git', 'rm', '-q', '--cached', 'README.md');
    const refused = runNode(folder, 'manage.ts', 'removeapp', 'articles');
    expect(refused).toMatchObject({ status: 1, output: expect.stringContaining('--force') });
    run(folder, 'git', 'reset', '-q');
    const removed = runNode(folder, 'manage.ts', 'removeapp', 'articles');
    expect(removed).toMatchObject({
      status: 0,
      output: expect.stringContaining('Its tables stay in the database'),
    });
    const left = run(folder, 'git', 'grep', '-lE', 'site/articles|\\(articles\\)', 'app', 'lib');
    expect(left.output).toBe('');
    expect(run(folder, node, ...LINT)).toMatchObject({ status: 0 });
  }, 300_000);
});
