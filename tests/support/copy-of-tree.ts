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
 * A copy of the tree in a new folder, with the packages of this one, which `body` may change. Returns
 * the folder, which the caller deletes.
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

/** What a program in a copy of the tree came to: its status, and all that it said. */
export type Outcome = { status: number | null; output: string };

/** Run a program of Node.js in a copy, without a database of its own. */
export function runIn(folder: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, DATABASE_URL: 'file:./none.sqlite3', SECRET_KEY: 'x'.repeat(40) },
  });
  return { status, output: `${stdout}${stderr}` };
}

/** The same for what has to succeed: returns what it said, or throws with it. */
export function mustRunIn(folder: string, ...args: string[]): string {
  const { status, output } = runIn(folder, ...args);
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${output}`);
  return output;
}
