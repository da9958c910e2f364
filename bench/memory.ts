import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { load } from './load';
import { startProbed } from './probe';
import { createReader } from './reader';

const PAGE = '/dashboard/';
const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 200_000);
const STEPS = 10;
const MIB = 1024 * 1024;
const MOST_MIB = 400;

/** The memory of one process over 200,000 signed-in pages. Fails the run above 400 MiB. */
export async function measureMemory(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const database = await createSqlite();
  const cookie = await withDatabase(database.url, createReader);
  const server = await startProbed(database.url);
  let most = 0;
  try {
    for (let step = 1; step <= STEPS; step += 1) {
      await load(server.url + PAGE, { cookie, atOnce: 16, requests: REQUESTS / STEPS });
      const mebibytes = (await server.probe()).memory / MIB;
      most = Math.max(most, mebibytes);
      const answered = ((REQUESTS / STEPS) * step).toLocaleString('en');
      console.info(`after ${answered.padStart(9)} pages: ${mebibytes.toFixed(0)} MiB resident`);
    }
  } finally {
    await server.stop();
    await database.remove();
  }
  if (most > MOST_MIB) {
    console.error(`More than ${MOST_MIB} MiB.`);
    process.exitCode = 1;
  }
}
