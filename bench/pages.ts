import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { load, median, percentile, readPage } from './load';
import { openPeer, type Site } from './peers/open-peer';
import { type ProbedServer, startProbed } from './probe';
import { createReader } from './reader';
import { buildWithFloor, FLOOR, type Variant } from './variants';

const DASHBOARD = '/dashboard/';
const MIDDLEWARES = ['full', 'empty', 'none'] as const;
const AT_ONCE = 16;
const WARM_UP = 800;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 6);
const SECONDS = 3;
const LEAST_OF_FLOOR = 0.8;

/** A page that is measured, with what its server is asked if it is ours. */
type Measured = Site & { server?: ProbedServer; rounds: Round[] };
type Round = { perSecond: number; p50: number; p99: number; cpu: number; statements: number };

/**
 * The signed-in dashboard beside the floor, which is the same markup from the same build with no
 * session and no database, each behind the whole pipeline, an empty middleware.ts and none; and
 * beside the peers. All in turns, so that what else the machine does meets them alike. Fails the
 * run when the dashboard is below 0.8 of its floor.
 */
export async function measurePages(peers: readonly string[]): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const database = await createSqlite();
  const variants: Variant[] = [];
  const servers: ProbedServer[] = [];
  try {
    const cookie = await withDatabase(database.url, createReader);
    const pages: Measured[] = [];
    for (const middleware of MIDDLEWARES) {
      const variant = buildWithFloor(middleware);
      variants.push(variant);
      const server = await startProbed(database.url, {}, variant.folder);
      servers.push(server);
      for (const path of [DASHBOARD, FLOOR]) {
        const name = `${path} middleware ${middleware}`;
        pages.push({ name, url: server.url + path, cookie, server, rounds: [] });
      }
    }
    for (const peer of peers) pages.push({ ...(await openPeer(peer)), rounds: [] });
    for (const { url, cookie } of pages) {
      await load(url, { cookie, atOnce: AT_ONCE, requests: WARM_UP });
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = round % 2 === 0 ? pages : pages.toReversed();
      for (const page of order) page.rounds.push(await runRound(page));
    }
    await report(pages);
  } finally {
    for (const server of servers) await server.stop();
    for (const variant of variants) variant.remove();
    await database.remove();
  }
}

async function runRound({ url, cookie, server }: Measured): Promise<Round> {
  const before = await server?.probe();
  const { perSecond, durations } = await load(url, { cookie, atOnce: AT_ONCE, seconds: SECONDS });
  const after = await server?.probe();
  const each = (name: 'cpu' | 'statements') =>
    before && after ? (after[name] - before[name]) / durations.length : Number.NaN;
  return {
    perSecond,
    p50: percentile(durations, 0.5),
    p99: percentile(durations, 0.99),
    cpu: each('cpu'),
    statements: each('statements'),
  };
}

async function report(pages: readonly Measured[]): Promise<void> {
  const [dashboard, floor] = pages;
  if (!dashboard || !floor) throw new Error('Nothing was measured.');
  console.info(
    `${AT_ONCE} at once, medians of ${ROUNDS} turns of ${SECONDS} s; CPU of all threads`,
  );
  console.info(`${'page'.padEnd(32)}  req/s  of floor  p50 ms  p99 ms  CPU ms  statements      kB`);
  for (const page of pages) {
    const of = (name: keyof Round) => median(page.rounds.map((round) => round[name]));
    const figures = [
      of('perSecond').toFixed(0).padStart(7),
      ratio(page, floor).toFixed(2).padStart(9),
      of('p50').toFixed(1).padStart(7),
      of('p99').toFixed(1).padStart(7),
      shown(of('cpu')).padStart(7),
      shown(of('statements')).padStart(11),
      ((await readPage(page.url, page.cookie)).body.length / 1000).toFixed(1).padStart(7),
    ];
    console.info(`${page.name.padEnd(32)}${figures.join(' ')}`);
  }
  for (const peer of pages.filter(({ server }) => !server)) {
    console.info(`The dashboard is ${ratio(dashboard, peer).toFixed(2)} times ${peer.name}.`);
  }
  if (median(floor.rounds.map(({ statements }) => statements)) > 0) {
    console.error('The floor asks the database: it is none.');
    process.exitCode = 1;
  }
  if (ratio(dashboard, floor) < LEAST_OF_FLOOR) {
    console.error(`The dashboard is below ${LEAST_OF_FLOOR} of its floor.`);
    process.exitCode = 1;
  }
}

/** Turn by turn, since each pair of turns met the same machine. */
function ratio(page: Measured, other: Measured): number {
  return median(
    page.rounds.map(({ perSecond }, i) => perSecond / (other.rounds[i]?.perSecond ?? perSecond)),
  );
}

function shown(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(1);
}
