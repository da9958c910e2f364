import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * A copy of the tree in a new folder, with the packages of this one, which may be changed. Returns the
 * folder, which the caller deletes.
 */
export function copyOfTree(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-grown-'));
  // A test runs `manage` in it as nobody.
  chmodSync(folder, 0o755);
  for (const file of filesOf(root)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(path.join(root, file), target, constants.COPYFILE_FICLONE);
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** The files of a tree that belong to it, committed or not yet. */
function filesOf(folder: string): string[] {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const names = new Set(listed.stdout.split('\0'));
  return [...names].filter((name) => name !== '' && existsSync(path.join(folder, name)));
}
