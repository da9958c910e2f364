import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const LEFT_OUT = new Set(['.git', '.next', '.env', 'test-results', 'var', 'docs']);

/** What a file becomes, by its path, a new one from nothing; null leaves it out. */
export type Changes = Record<string, ((source: string) => string) | null>;

/**
 * The same sources, changed in a few places and built, in a folder of their own that `remove`
 * deletes. Takes as long as a build; `prepare` has the folder before it. Throws when that fails, and when a change changes nothing.
 */
export function buildVariant(
  changes: Changes,
  env: Record<string, string>,
  prepare: (folder: string) => void = () => {},
): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-variant-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  for (const entry of readdirSync(root)) {
    if (!LEFT_OUT.has(entry)) copy(path.join(root, entry), path.join(folder, entry));
  }
  for (const [file, change] of Object.entries(changes)) apply(folder, file, change);
  prepare(folder);
  const next = path.join(folder, 'node_modules/next/dist/bin/next');
  const built = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (built.status === 0) return { folder, remove };
  remove();
  throw new Error(`The build of a variant failed:\n${built.stdout}${built.stderr}`);
}

function apply(folder: string, file: string, change: Changes[string] = null): void {
  const original = path.join(root, file);
  const source = existsSync(original) ? readFileSync(original, 'utf8') : '';
  // Away first: it is the same file on the disk as the one in the repository.
  rmSync(path.join(folder, file), { force: true });
  if (!change) return;
  const changed = change(source);
  if (changed === source) throw new Error(`Nothing was changed in ${file}.`);
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), changed);
}

// By hard links where the disk allows it: node_modules is large, and the bundler follows no link
// that leads out of its folder.
function copy(from: string, to: string): void {
  const stats = lstatSync(from);
  if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (stats.isDirectory()) copyFolder(from, to);
  else linkOrCopy(from, to);
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from)) copy(path.join(from, entry), path.join(to, entry));
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
