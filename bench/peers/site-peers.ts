import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { testEnvironment } from '@/tests/support/e2e/environment';
import { buildVariant } from '@/tests/support/e2e/variant';
import { freePort } from '@/tests/support/postgres';
import manifest from '../../package.json' with { type: 'json' };
import { GROUPS } from '../floor';
import { chromeOfNobody } from '../variants';
import { type ApiPeer, running, versionOf } from './api-peers';

const BESIDE = path.join(import.meta.dirname, 'better-auth-site');
const PACKAGES = ['better-auth', 'kysely', 'libsql', 'react', 'react-dom'];
const SECRET = 'only-for-the-bench-0123456789abcdefghij';
const OURS = '/peer/';

/** A site with a dashboard that is measured beside ours: its folder is made once, its server as often as wanted. */
export type SitePeer = { name: string; start(node: string): Promise<ApiPeer>; remove(): void };

/**
 * better-auth as its documentation sets it up, with a small page: installed from the registry and built in
 * this folder, unless it is there from a run before.
 */
export function betterAuthSite(folder: string): SitePeer {
  const bin = path.join(folder, 'node_modules/next/dist/bin/next');
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    PEER_DATABASE: path.join(folder, 'peer.sqlite3'),
  };
  if (!existsSync(path.join(folder, '.next/BUILD_ID'))) {
    makeSite(folder);
    execFileSync(process.execPath, [bin, 'build'], {
      cwd: folder,
      env: { ...env, PEER_DATABASE: ':memory:' },
      stdio: 'ignore',
    });
  }
  const cookie = prepareBetterAuth(folder, env.PEER_DATABASE);
  const name = `better-auth ${versionOf(folder, 'better-auth')}, a small page`;
  return {
    name,
    remove: () => {},
    start: async (node) => {
      const port = await freePort();
      const url = `http://localhost:${port}/dashboard`;
      const peer = { name, url, headers: [{ cookie, accept: 'text/html' }] };
      return running(node, [bin, 'start', '--port', String(port)], { cwd: folder, env }, peer);
    },
  };
}

/**
 * better-auth's session and permissions behind our page: our markup, styles, policy with its nonce and headers, in a
 * copy of our sources that is built anew. `site` is the folder of `betterAuthSite`, whose packages it borrows.
 */
export function betterAuthBehindOurs(site: string, databaseUrl: string): SitePeer {
  const read = (name: string) => () => readFileSync(path.join(BESIDE, `${name}.txt`), 'utf8');
  const env = { ...testEnvironment, PEER_DATABASE: ':memory:' };
  const variant = buildVariant(
    {
      'peer/auth.js': read('auth.js'),
      'app/peer/page.jsx': read('ours-page.jsx'),
      'app/chrome.ts': chromeOfNobody(OURS),
      'middleware.ts': read('ours-middleware.ts'),
    },
    env,
    (folder) => borrowPackages(path.join(site, 'node_modules'), path.join(folder, 'node_modules')),
  );
  const database = path.join(site, 'ours.sqlite3');
  const cookie = prepareBetterAuth(site, database);
  const name = 'better-auth, our page and protections';
  return {
    name,
    remove: variant.remove,
    start: async (node) => {
      const port = await freePort();
      const url = `http://localhost:${port}${OURS}`;
      const bin = path.join(variant.folder, 'node_modules/next/dist/bin/next');
      const own = { DATABASE_URL: databaseUrl, NODE_ENV: 'production' as const };
      const how = {
        cwd: variant.folder,
        env: { ...process.env, ...env, ...own, PEER_DATABASE: database },
      };
      const peer = { name, url, headers: [{ cookie, accept: 'text/html' }] };
      return running(node, [bin, 'start', '--port', String(port)], how, peer);
    },
  };
}

/** Django's own dashboard behind gunicorn, one process; null where no Python has both. */
export function djangoSite(folder: string): SitePeer | null {
  const python = process.env['DJANGO_PYTHON'] ?? '/usr/bin/python3';
  const asked = 'import django, gunicorn; print(django.__version__)';
  const { status, stdout } = spawnSync(python, ['-c', asked], { encoding: 'utf8' });
  if (status !== 0) return null;
  const database = path.join(folder, 'django.sqlite3');
  for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true });
  const own = { PEER_DATABASE: database, PEER_SECRET: SECRET, PYTHONDONTWRITEBYTECODE: '1' };
  const how = { cwd: import.meta.dirname, env: { ...process.env, ...own } };
  const making = 'import sys, django_site; django_site.prepare(sys.argv[1])';
  const cookie = execFileSync(python, ['-c', making, JSON.stringify(GROUPS)], {
    ...how,
    encoding: 'utf8',
  }).trim();
  const name = `Django ${stdout.trim()}, a small page`;
  return {
    name,
    remove: () => {},
    start: async () => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/dashboard/`;
      const workers = ['--workers', '1', '--threads', '8', '--keep-alive', '30'];
      const args = ['-m', 'gunicorn', ...workers, '--bind', `127.0.0.1:${port}`, 'django_site'];
      return running(python, args, how, { name, url, headers: [{ cookie }] });
    },
  };
}

function makeSite(folder: string): void {
  mkdirSync(path.join(folder, 'app/dashboard'), { recursive: true });
  if (!existsSync(path.join(folder, 'node_modules/better-auth'))) {
    writeFileSync(path.join(folder, 'package.json'), '{"private": true, "type": "module"}');
    const install = [
      'install',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
    ];
    const packages = [`next@${manifest.dependencies.next}`, ...PACKAGES];
    execFileSync('npm', [...install, ...packages], { cwd: folder, stdio: 'ignore' });
  }
  for (const name of ['auth.js', 'prepare.js', 'middleware.js']) {
    copyFileSync(path.join(BESIDE, `${name}.txt`), path.join(folder, name));
  }
  copyFileSync(path.join(BESIDE, 'dashboard.js.txt'), path.join(folder, 'app/dashboard/page.js'));
  const config = `export default { serverExternalPackages: ['libsql'], turbopack: { root: import.meta.dirname } };\n`;
  writeFileSync(path.join(folder, 'next.config.mjs'), config);
  const layout =
    'export default ({ children }) => (<html lang="en"><body>{children}</body></html>);\n';
  writeFileSync(path.join(folder, 'app/layout.js'), layout);
}

/** A new database; the cookie of the session of its one person. */
function prepareBetterAuth(folder: string, database: string): string {
  for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true });
  const printed = execFileSync(process.execPath, ['prepare.js', JSON.stringify(GROUPS)], {
    cwd: folder,
    env: { ...process.env, PEER_DATABASE: database },
    encoding: 'utf8',
  });
  return printed.trim().split('\n').at(-1) ?? '';
}

/** Put beside our packages those of another site that we do not have. */
function borrowPackages(from: string, to: string): void {
  for (const entry of readdirSync(from)) {
    if (entry.startsWith('.')) continue;
    const [source, target] = [path.join(from, entry), path.join(to, entry)];
    if (entry.startsWith('@') && existsSync(target)) borrowPackages(source, target);
    else if (!existsSync(target)) linkAll(source, target);
  }
}

function linkAll(from: string, to: string): void {
  if (statSync(from).isDirectory()) {
    mkdirSync(to);
    for (const entry of readdirSync(from)) linkAll(path.join(from, entry), path.join(to, entry));
  } else linkSync(from, to);
}
