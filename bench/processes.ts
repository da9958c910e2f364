import { createPostgresql, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { type RunningServer, startServer } from '@/tests/support/e2e/server';
import { load, median } from './load';
import { createReader } from './reader';

const PAGE = '/dashboard/';
const AT_ONCE = 16;
const WARM_UP = 1600;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 6);
const SECONDS = 3;
const LEAST = 1.3;

/**
 * The signed-in dashboard on PostgreSQL, served by two processes and by one, in turns. Fails the run
 * when two do less than 1.3 times as much. The database and the visitors share the machine's cores.
 */
export async function measureProcesses(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const database = await createPostgresql();
  const servers: RunningServer[] = [];
  try {
    const cookie = await withDatabase(database.url, createReader);
    for (const count of [1, 2]) {
      servers.push(await startServer(database.url, { WEB_CONCURRENCY: String(count) }));
    }
    const urls = servers.map(({ url }) => url + PAGE);
    for (const url of urls) await load(url, { cookie, atOnce: AT_ONCE, requests: WARM_UP });
    const rounds: number[][] = urls.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, url] of urls.entries()) {
        const { perSecond } = await load(url, { cookie, atOnce: AT_ONCE, seconds: SECONDS });
        rounds[index]?.push(perSecond);
      }
    }
    report(rounds);
  } finally {
    for (const server of servers) await server.stop();
    await database.remove();
  }
}

function report([one = [], two = []]: number[][]): void {
  const times = median(two.map((perSecond, round) => perSecond / (one[round] ?? perSecond)));
  console.info(
    `${PAGE}: one process ${median(one).toFixed(0)} a second, two ${median(two).toFixed(0)}, ` +
      `${times.toFixed(2)} times as many (medians of ${ROUNDS} turns)`,
  );
  if (times < LEAST) {
    console.error(`Less than ${LEAST} times as many.`);
    process.exitCode = 1;
  }
}
