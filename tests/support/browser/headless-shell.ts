import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const PACKAGE = 'chromium-headless-shell';
const DEBIANS = '/usr/lib/chromium';
const DOWNLOAD = ['-q', '-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10', 'download'];

/**
 * Chromium without its windows, of the very build of Debian's Chromium on this machine: installed, or
 * fetched by `fetchHeadlessShell`. Undefined where there is neither.
 */
export function findHeadlessShell(): string | undefined {
  const fetched = fetchedFolder();
  const candidates = [DEBIANS, ...(fetched ? [fetched] : [])];
  return candidates.map((folder) => path.join(folder, PACKAGE)).find(existsSync);
}

/**
 * Fetch it from where Debian's Chromium came from, for this user alone. Says so when that fails: tests
 * then run in the whole browser.
 */
export function fetchHeadlessShell(): void {
  const folder = fetchedFolder();
  if (!folder || findHeadlessShell()) return;
  try {
    // Those of versions that were here before take 220 MB each.
    rmSync(path.dirname(folder), { recursive: true, force: true });
    mkdirSync(path.dirname(folder), { recursive: true });
    fetchInto(folder);
  } catch (error) {
    console.info(`Tests run in the whole Chromium: its headless shell is not to be had. ${error}`);
  }
}

function fetchInto(folder: string): void {
  const work = mkdtempSync(`${folder}.`);
  const made = path.join(work, DEBIANS);
  try {
    run(work, 'apt-get', [...DOWNLOAD, `${PACKAGE}=${path.basename(folder)}`]);
    for (const name of readdirSync(work)) run(work, 'dpkg-deb', ['-x', name, '.']);
    for (const name of readdirSync(DEBIANS)) {
      symlinkSync(path.join(DEBIANS, name), path.join(made, name));
    }
    run(made, path.join(made, PACKAGE), ['--version']);
    renameSync(made, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Named by the version, whose other files it needs; null where Chromium is not Debian's. */
function fetchedFolder(): string | null {
  const version = debiansVersion();
  const caches = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return version && path.join(caches, `gatehouse-${PACKAGE}`, version);
}

function debiansVersion(): string | null {
  if (!existsSync(DEBIANS)) return null;
  const { stdout } = spawnSync('dpkg-query', ['-W', 'chromium-common'], { encoding: 'utf8' });
  return stdout?.trim().split('\t')[1] || null;
}

function run(cwd: string, program: string, args: string[]): void {
  const { status } = spawnSync(program, args, { cwd, stdio: 'ignore', timeout: 120_000 });
  if (status !== 0) throw new Error(`${program} failed.`);
}
