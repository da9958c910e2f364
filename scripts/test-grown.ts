/**
 * The tests of the framework in a copy of the tree in which a team has begun: `npm run test:grown`,
 * or with names of files only these. What is red there would be red in every product. Exits as vitest.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { growCopy } from '@/tests/support/grown-site/grow';

const isKept = process.argv.includes('--keep');
const files = process.argv.slice(2).filter((arg) => arg !== '--keep');
const folder = growCopy();
const { status } = spawnSync(
  process.execPath,
  [
    path.join(folder, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...['unit', 'integration-sqlite'].flatMap((project) => ['--project', project]),
    ...files,
  ],
  { cwd: folder, stdio: 'inherit' },
);
if (isKept) console.log(`Kept ${folder}.`);
else rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
