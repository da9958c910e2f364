import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/tests/support/postgres';
import { send } from '../client';

/** Another framework that answers the same list of articles; `headers` of each person who asks. */
export type ApiPeer = {
  name: string;
  url: string;
  headers: Record<string, string>[];
  pid: number;
  stop(): Promise<void>;
};

type Size = { people: number; articles: number };

const BESIDE = path.join(import.meta.dirname, 'better-auth');
const PACKAGES = ['better-auth', '@better-auth/api-key', 'kysely', 'libsql', 'react', 'react-dom'];
const STARTS_WITHIN_MS = 60_000;

/**
 * better-auth with its API-key plugin behind a route handler of the same Next.js: installed from the
 * registry into a folder of its own and built there. The folder goes with it, unless BENCH_FOLDER says
 * where it is kept for the next run.
 */
export async function startBetterAuth(next: string, size: Size): Promise<ApiPeer> {
  const kept = process.env['BENCH_FOLDER'];
  if (kept) return betterAuth(path.join(kept, 'better-auth'), next, size);
  return inTemporaryFolder('better-auth', (folder) => betterAuth(folder, next, size));
}

async function betterAuth(folder: string, next: string, size: Size): Promise<ApiPeer> {
  const bin = path.join(folder, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, PEER_DATABASE: path.join(folder, 'peer.sqlite3') };
  const inFolder = { cwd: folder, env: { ...env, NODE_ENV: 'production' as const } };
  for (const end of ['', '-wal', '-shm']) rmSync(env.PEER_DATABASE + end, { force: true });
  if (!existsSync(path.join(folder, '.next/BUILD_ID'))) build(next, folder, bin);
  const keys = prepared(process.execPath, ['prepare.js'], size, inFolder);
  const port = await freePort();
  const version = versionOf(folder, 'better-auth');
  return running(process.execPath, [bin, 'start', '--port', String(port)], inFolder, {
    name: `better-auth ${version}`,
    url: `http://localhost:${port}/api/articles`,
    headers: keys.map((key) => ({ authorization: `Bearer ${key}` })),
  });
}

function build(next: string, folder: string, bin: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private": true, "type": "module"}');
  const install = ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  execFileSync('npm', [...install, `next@${next}`, ...PACKAGES], { cwd: folder, stdio: 'ignore' });
  const handlers = path.join(folder, 'app/api/articles');
  mkdirSync(handlers, { recursive: true });
  copyFileSync(path.join(BESIDE, 'route.js.txt'), path.join(handlers, 'route.js'));
  for (const name of ['auth.js', 'prepare.js']) {
    copyFileSync(path.join(BESIDE, `${name}.txt`), path.join(folder, name));
  }
  const external = `export default { serverExternalPackages: ['libsql'], turbopack: { root: import.meta.dirname } };\n`;
  writeFileSync(path.join(folder, 'next.config.mjs'), external);
  writeFileSync(path.join(folder, 'app/layout.js'), 'export default ({ children }) => children;\n');
  const env = { ...process.env, NODE_ENV: 'production' as const, PEER_DATABASE: ':memory:' };
  execFileSync(process.execPath, [bin, 'build'], { cwd: folder, env, stdio: 'ignore' });
}

/**
 * Django REST framework behind gunicorn, of a Python that has both (`DJANGO_PYTHON`, else Debian's
 * `python3-djangorestframework` and `gunicorn`). Null where there is none.
 */
export async function startDjangoRest(size: Size): Promise<ApiPeer | null> {
  const python = process.env['DJANGO_PYTHON'] ?? '/usr/bin/python3';
  const asked =
    'import django, gunicorn, rest_framework as r; print(r.VERSION, django.__version__)';
  const { status, stdout } = spawnSync(python, ['-c', asked], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [version, django] = stdout.trim().split(' ');
  const name = `Django REST framework ${version}, Django ${django}`;
  return inTemporaryFolder('django-rest', (folder) => djangoRest(folder, size, { python, name }));
}

async function djangoRest(
  folder: string,
  size: Size,
  { python, name }: { python: string; name: string },
): Promise<ApiPeer> {
  const env = { ...process.env, PEER_DATABASE: path.join(folder, 'peer.sqlite3') };
  const inFolder = { cwd: import.meta.dirname, env: { ...env, PYTHONDONTWRITEBYTECODE: '1' } };
  const tokens = prepared(
    python,
    ['-c', 'import sys, django_rest; django_rest.prepare(*map(int, sys.argv[1:]))'],
    size,
    inFolder,
  );
  const port = await freePort();
  const how = ['--workers', '1', '--threads', '8', '--keep-alive', '30'];
  const args = ['-m', 'gunicorn', ...how, '--bind', `127.0.0.1:${port}`, 'django_rest'];
  return running(python, args, inFolder, {
    name,
    url: `http://127.0.0.1:${port}/api/articles/`,
    headers: tokens.map((token) => ({ authorization: `Token ${token}` })),
  });
}

/** A peer in a folder that goes with it: when it stops, and when it does not even start. */
async function inTemporaryFolder(
  name: string,
  start: (folder: string) => Promise<ApiPeer>,
): Promise<ApiPeer> {
  const folder = mkdtempSync(path.join(tmpdir(), `gatehouse-${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const peer = await start(folder);
    return { ...peer, stop: () => peer.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

type How = { cwd: string; env: NodeJS.ProcessEnv };

/** What each person asks with, of the last line that the program prints. */
function prepared(program: string, args: string[], { people, articles }: Size, how: How): string[] {
  const all = [...args, String(people), String(articles)];
  const printed = execFileSync(program, all, { ...how, encoding: 'utf8' });
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '[]');
}

/** The program, once it answers: one that does not is ended. */
export async function running(
  program: string,
  args: string[],
  how: How,
  peer: Omit<ApiPeer, 'stop' | 'pid'>,
): Promise<ApiPeer> {
  const child = spawn(program, args, { ...how, stdio: 'ignore' });
  let hasEnded = false;
  const over = () => {
    hasEnded = true;
  };
  // What could not be started has ended too.
  const ended = once(child, 'exit').then(over, over);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const [headers = {}] = peer.headers;
  try {
    for (const deadline = Date.now() + STARTS_WITHIN_MS; ; await sleep(100)) {
      const status = await send(peer.url, { headers }).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return { ...peer, pid: child.pid ?? 0, stop };
      if (!hasEnded && Date.now() < deadline) continue;
      throw new Error(`${peer.name} does not answer at ${peer.url}: ${status}.`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

export function versionOf(folder: string, name: string): string {
  const manifest = path.join(folder, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
