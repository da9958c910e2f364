import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const LEFT_OUT = new Set(['.git', '.next', '.env', 'middleware.ts', 'test-results', 'var', 'docs']);

/**
 * The same sources built without `middleware.ts`, in a folder of their own that `remove` deletes.
 * Takes as long as a build.
 */
export function buildWithoutMiddleware(env: Record<string, string>): {
  folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-no-middleware-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  for (const entry of readdirSync(root)) {
    if (!LEFT_OUT.has(entry)) copy(path.join(root, entry), path.join(folder, entry));
  }
  const next = path.join(folder, 'node_modules/next/dist/bin/next');
  const built = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (built.status === 0) return { folder, remove };
  remove();
  throw new Error(`The build without middleware.ts failed:\n${built.stdout}${built.stderr}`);
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
