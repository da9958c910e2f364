import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { fetchHeadlessShell, findHeadlessShell } from '../browser/headless-shell';

/**
 * The browser of this machine: the first of $CHROMIUM, Debian's, and the one that Playwright
 * installs. Undefined when there is none.
 */
export function findBrowser(): string | undefined {
  const candidates = [process.env['CHROMIUM'], '/usr/bin/chromium', chromium.executablePath()];
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

/**
 * What tests run in: $CHROMIUM, else the headless shell of this machine's Chromium, which takes a fifth less
 * CPU, else the browser itself. Undefined when there is none.
 */
export function findTestBrowser(): string | undefined {
  return process.env['CHROMIUM'] || findHeadlessShell() || findBrowser();
}

/** Install a browser if there is none, and its headless shell if it can be had. Throws when there is none then. */
export function ensureBrowser(): void {
  ensureWholeBrowser();
  if (!process.env['CHROMIUM']) fetchHeadlessShell();
}

function ensureWholeBrowser(): void {
  if (findBrowser()) return;
  console.info('No browser found: installing Chromium.');
  const cli = path.resolve(import.meta.dirname, '../../../node_modules/@playwright/test/cli.js');
  run(process.execPath, [cli, 'install', 'chromium']);
  if (findBrowser()) return;
  run('apt-get', ['update', '-q']);
  run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium']);
  if (!findBrowser()) {
    throw new Error('No browser: install Chromium, or name its program in CHROMIUM.');
  }
}

function run(program: string, args: string[]): void {
  spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 300_000,
    env: {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
    },
  });
}
