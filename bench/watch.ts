import { setTimeout as sleep } from 'node:timers/promises';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import {
  createPostgresql,
  createSqlite,
  testEnvironment,
  withDatabase,
} from '@/tests/support/e2e/environment';
import { startServer } from '@/tests/support/e2e/server';
import { sessionCookie } from './reader';

const TABS = 60;
const MOST_MS = 1000;

/**
 * How long after a session is deleted or a person's rank changes an open stream says so: two processes,
 * and the change made by a third, on each database. Fails the run where one in twenty takes longer
 * than a second.
 */
export async function measureWatch(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  for (const create of [createSqlite, createPostgresql]) {
    const database = await create();
    const server = await startServer(database.url, { WEB_CONCURRENCY: '2' });
    try {
      await withDatabase(database.url, async () => {
        const delays = { ended: [] as number[], changed: [] as number[] };
        for (let i = 0; i < TABS; i += 1) {
          const what = i % 2 === 0 ? 'ended' : 'changed';
          delays[what].push(await delayOf(server.url, what, i));
        }
        for (const [what, times] of Object.entries(delays)) {
          report(`${database.url.split(':')[0]}, ${what}`, times);
        }
      });
    } finally {
      await server.stop();
      await database.remove();
    }
  }
}

async function delayOf(url: string, what: 'ended' | 'changed', i: number): Promise<number> {
  const user = await users.createUser({ username: `tab-${i}`, password: null });
  const headers = { cookie: await sessionCookie(user), accept: 'text/event-stream' };
  const leaving = new AbortController();
  const response = await fetch(`${url}/accounts/watch/`, { headers, signal: leaving.signal });
  const reader = response.body?.getReader();
  if (!reader) throw new Error(`No stream: ${response.status}`);
  const until = async (word: string) => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended without ${word}.`);
      if (new TextDecoder().decode(value).includes(`event: ${word}`)) return;
    }
  };
  await until('watching');
  // A change at a random moment between two looks.
  await sleep(Math.random() * 500);
  const begun = performance.now();
  if (what === 'ended') await db.session.deleteMany({ where: { userId: user.id } });
  else await db.user.update({ where: { id: user.id }, data: { isStaff: true } });
  await until(what);
  const delay = performance.now() - begun;
  leaving.abort();
  return delay;
}

function report(what: string, times: number[]): void {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  console.info(
    `${what}: median ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, max ${at(1).toFixed(0)} ms (${times.length})`,
  );
  if (at(0.95) <= MOST_MS) return;
  console.error(`One in twenty takes longer than ${MOST_MS} ms.`);
  process.exitCode = 1;
}
