import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '@/tests/support/sources';

const OF_THE_COPY = {
  DATABASE_URL: 'file:./none.sqlite3',
  SECRET_KEY: 'x'.repeat(40),
  TEST_LONG: '',
};

/** What a program of the copy answered: its status, and all that it wrote. */
export type Answer = { status: number | null; output: string };

/**
 * A copy of the tree in a new folder, a git tree of its own with nothing left to commit. Returns the
 * folder, which the caller deletes.
 */
export function copyTree(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-removed-'));
  chmodSync(folder, 0o755);
  const listed = run(repositoryRoot, 'git', 'ls-files', '-co', '--exclude-standard', '-z').output;
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    const from = path.join(repositoryRoot, file);
    if (!existsSync(from)) continue;
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(from, path.join(folder, file));
  }
  const generated = 'lib/generated';
  cpSync(path.join(repositoryRoot, generated), path.join(folder, generated), { recursive: true });
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, ...author, 'commit', '-qm', 'All');
  linkPackages(folder);
  return folder;
}

/**
 * Bring back all of a copy that was changed since, its packages too. What the build keeps for the next
 * one stays, which then makes anew what other files have changed.
 */
export function restoreTree(folder: string): void {
  git(folder, 'reset', '-q', '--hard');
  git(folder, 'clean', '-fdq');
  linkPackages(folder);
  expectSuccess(runNode(folder, 'scripts/generate.ts'));
}

// By hard links: the build follows no link that leads out of the tree.
function linkPackages(folder: string): void {
  const packages = realpathSync(path.join(repositoryRoot, 'node_modules'));
  const linked = path.join(folder, 'node_modules');
  mkdirSync(linked, { recursive: true });
  expectSuccess(run(folder, 'cp', '-RPpln', `${packages}/.`, linked));
  // In which npm writes in place.
  const list = '.package-lock.json';
  rmSync(path.join(linked, list), { force: true });
  if (existsSync(path.join(packages, list))) {
    copyFileSync(path.join(packages, list), path.join(linked, list));
  }
}

function git(folder: string, ...args: string[]): void {
  expectSuccess(run(folder, 'git', ...args));
}

/** Run a program in a folder to its end, its tests without those that run by the hour. */
export function run(folder: string, program: string, ...args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...OF_THE_COPY },
  });
  return { status, output: `${stdout}${stderr}` };
}

/** Run a script of the copy with Node, TypeScript or not. */
export function runNode(folder: string, ...args: string[]): Answer {
  return run(folder, process.execPath, '--import', 'tsx', ...args);
}

function expectSuccess({ status, output }: Answer): void {
  if (status !== 0) throw new Error(output);
}
