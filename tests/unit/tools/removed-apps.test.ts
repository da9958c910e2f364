import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { copyTree, run, runNode } from '@/tests/support/removed-app/tree-copy';

const node = process.execPath;

/** Each app that can be deleted, with what has to go before it. */
const REMOVABLE: [label: string, before: string[]][] = [
  ['articles', []],
  ['export', []],
  ['palette', []],
  ['drafts', []],
  ['devices', []],
  ['matrix', []],
  ['why', ['matrix']],
  ['account', []],
];

/** What `npm run check` runs, and the tests of the house itself. */
const CHECKS: Record<string, string[]> = {
  'the types of the routes': ['node_modules/next/dist/bin/next', 'typegen'],
  types: ['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', 'false'],
  'format and lint': ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'],
  'dead code': ['node_modules/knip/bin/knip.js', '--no-progress'],
  'tests of the house': [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...['--project', 'unit', 'tests/unit/tools', 'tests/unit/docs'],
    ...['--exclude', 'tests/unit/tools/removed-apps.test.ts'],
  ],
};

let folder: string | null = null;

afterEach(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
});

// Half a minute for each app on an idle machine: `npm run test:long`.
describe.runIf(process.env['TEST_LONG'])('the app deleted by `manage removeapp`:', () => {
  it.each(REMOVABLE)(
    '%s leaves a tree that passes every check',
    (label, before) => {
      folder = copyTree();
      for (const each of [...before, label]) {
        expect(runNode(folder, 'manage.ts', 'removeapp', each, '--force')).toMatchObject({
          status: 0,
        });
      }
      for (const [name, args] of Object.entries(CHECKS)) {
        const { status, output } = run(folder, node, ...args);
        expect(status, `${name}:\n${output}`).toBe(0);
      }
    },
    600_000,
  );
});

describe.runIf(process.env['TEST_LONG'])('manage removeapp articles', () => {
  it('lists, refuses a tree that git has not kept, and leaves nothing of the app', () => {
    folder = copyTree();
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
    const args = CHECKS['format and lint'] ?? [];
    expect(run(folder, node, ...args)).toMatchObject({ status: 0 });
  }, 300_000);
});
