import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { startServer } from '@/tests/support/e2e/server';
import { send } from './client';
import { createReader } from './reader';
import { buildWithFloor } from './variants';

const PAGE = '/dashboard/';
const TURNS = 24;
const REQUESTS = 60;
const MOST = 1.3;

/**
 * What `settings.MIDDLEWARE` costs: a signed-in page behind it, and the same page of a build whose
 * middleware.ts does nothing, one request at a time and eight at once, in turns. Fails the run above
 * 1.3 times the time.
 */
export async function measureMiddleware(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const empty = buildWithFloor('empty');
  const database = await createSqlite();
  const cookie = await withDatabase(database.url, createReader);
  const servers = [
    await startServer(database.url),
    await startServer(database.url, {}, empty.folder),
  ];
  const urls = servers.map(({ url }) => url + PAGE);
  try {
    for (const atOnce of [1, 8]) {
      const totals = [0, 0];
      const ratios: number[] = [];
      for (const url of urls) await load(url, cookie, atOnce);
      for (let turn = 0; turn < TURNS; turn += 1) {
        const order = turn % 2 === 0 ? [0, 1] : [1, 0];
        const times = [0, 0];
        for (const each of order) times[each] = await load(urls[each] ?? '', cookie, atOnce);
        const [full = 0, none = 1] = times;
        totals[0] = (totals[0] ?? 0) + full;
        totals[1] = (totals[1] ?? 0) + none;
        ratios.push(full / none);
      }
      report(atOnce, totals, ratios);
    }
  } finally {
    for (const server of servers) await server.stop();
    await database.remove();
    empty.remove();
  }
}

function report(atOnce: number, totals: number[], ratios: number[]): void {
  const each = totals.map((total) => `${(total / TURNS / REQUESTS).toFixed(2)} ms`);
  const sorted = ratios.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.info(
    `${PAGE}, ${atOnce} at once: ${each[0]} behind the pipeline, ${each[1]} behind nothing; ` +
      `ratio ${median.toFixed(2)} (median of ${TURNS} turns, ${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)})`,
  );
  if (median > MOST) {
    console.error(`More than ${MOST} times the time.`);
    process.exitCode = 1;
  }
}

/** Milliseconds for so many requests. */
async function load(url: string, cookie: string, atOnce: number): Promise<number> {
  const start = performance.now();
  let left = REQUESTS;
  const visitor = async () => {
    while (left > 0) {
      left -= 1;
      const { status } = await send(url, { headers: { cookie, accept: 'text/html' } });
      if (status !== 200) throw new Error(`${url} answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, visitor));
  return performance.now() - start;
}
