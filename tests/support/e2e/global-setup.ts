import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { keepDatabasesOfRun } from '../databases/folder';
import { ensureBrowser } from './browser';

/** A browser, an up-to-date production build and a place for databases, before the first test. */
export default function globalSetup(): void {
  keepDatabasesOfRun();
  ensureBrowser();
  const root = path.resolve(import.meta.dirname, '../../..');
  const { status } = spawnSync(process.execPath, ['scripts/ensure.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed; its message is above.');
}
