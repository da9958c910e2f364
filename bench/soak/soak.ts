import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';
import { Writer } from '@/tests/support/e2e/articles';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { type Tally, underLoad } from '@/tests/support/e2e/load';
import { childrenOf } from '@/tests/support/e2e/processes';
import { type RunningServer, startServer } from '@/tests/support/e2e/server';
import { hiddenFields, multipart, send } from '../client';
import { percentile } from '../load';
import { sessionCookie } from '../reader';

const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 60);
const PROCESSES = process.env['WEB_CONCURRENCY'] ?? '2';
// Milliseconds between two requests of a visitor.
const PAUSE = Number(process.env['BENCH_PAUSE'] ?? 20);
const KINDS = ['read', 'read', 'read', 'read', 'write', 'write', 'sign in', 'sign in'] as const;
const PASSWORD = 'correct horse battery staple';
const LOGIN = '/accounts/login/';

type Kind = (typeof KINDS)[number];

/**
 * Several processes on one SQLite file for an hour (`BENCH_MINUTES`): four visitors read, two save articles,
 * two sign in, without end. Fails the run for a request that failed, a write that is lost or half there, a word of
 * the server about its database, or a file that SQLite finds damaged.
 */
export async function soak(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const database = await createSqlite();
  const folder = process.env['BENCH_BUILD'];
  const server = await startServer(database.url, { WEB_CONCURRENCY: PROCESSES }, folder);
  try {
    await withDatabase(database.url, () => run(server));
  } finally {
    await server.stop();
    await database.remove();
  }
}

async function run(server: RunningServer): Promise<void> {
  const root = await users.createSuperuser({ username: 'root', password: PASSWORD });
  for (const index of KINDS.keys()) {
    await users.createUser({ username: `person-${index}`, password: PASSWORD });
  }
  const writer = await new Writer(await sessionCookie(root)).open(server.url);
  const durations: Record<Kind, number[]> = { read: [], write: [], 'sign in': [] };
  const signIn = await signInForm(server.url);
  const largest = { log: 0 };
  const tally = await underLoad(
    KINDS.length,
    async (number, visitor) => {
      await sleep(PAUSE);
      const kind = KINDS[visitor] ?? 'read';
      const start = performance.now();
      const answer = await {
        read: () => writer.read(server.url),
        write: () => writer.add(server.url, number),
        'sign in': () => signIn(visitor),
      }[kind]();
      durations[kind].push(performance.now() - start);
      return answer;
    },
    () => watch(server, largest),
  );
  await report(server, { tally, durations, largest, writer });
}

/** Signs somebody in by the form; throws where they are not. */
async function signInForm(url: string) {
  const hidden = hiddenFields((await send(url + LOGIN)).body, 'username');
  return async (person: number) => {
    const typed: [string, string][] = [
      ['username', `person-${person}`],
      ['password', PASSWORD],
    ];
    const form = multipart([...hidden, ...typed]);
    const headers = { ...form.headers, origin: url };
    const answer = await send(url + LOGIN, { ...form, headers });
    if (answer.location !== settings.LOGIN_REDIRECT_URL) {
      throw new Error(`not signed in: ${answer.status}`);
    }
    return { ...answer, headers: {} };
  };
}

async function watch(server: RunningServer, largest: { log: number }): Promise<void> {
  for (const end = Date.now() + MINUTES * 60_000; Date.now() < end; await sleep(1000)) {
    const size = statSync(`${sqlitePath()}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    largest.log = Math.max(largest.log, size);
    if (childrenOf(server.pid).length !== Number(PROCESSES)) throw new Error('A process has died.');
  }
}

type Ran = {
  tally: Tally;
  durations: Record<Kind, number[]>;
  largest: { log: number };
  writer: Writer;
};

async function report(
  server: RunningServer,
  { tally, durations, largest, writer }: Ran,
): Promise<void> {
  const { lost, halves } = await writer.losses();
  const [check] = await db.$queryRaw<{ integrity_check: string }[]>`PRAGMA integrity_check`;
  const isOfDatabase = (line: string) => /SQLITE|database|"level":"error"/i.test(line);
  const said = server.lines.filter((line) => isOfDatabase(line) && !line.includes('"path"'));
  console.info(`${PROCESSES} processes, ${MINUTES} minutes, ${tally.sent} requests`);
  for (const [kind, all] of Object.entries(durations)) {
    const sorted = all.toSorted((a, b) => a - b);
    const [p50, p99] = [0.5, 0.99].map((part) => percentile(sorted, part).toFixed(0));
    console.info(
      `${kind.padEnd(8)} ${all.length}, p50 ${p50} ms, p99 ${p99} ms, most ${sorted.at(-1)?.toFixed(0)} ms`,
    );
  }
  const kinds = [...new Set(tally.failures.map(({ why }) => why))].join(', ');
  console.info(
    `failed ${tally.failures.length} ${kinds}; saved ${writer.saved.length}, lost ${lost}, halves ${halves}; ` +
      `integrity ${check?.integrity_check}; largest log ${(largest.log / 1e6).toFixed(1)} MB; said of the database ${said.length}`,
  );
  for (const line of said.slice(0, 5)) console.info(line);
  const isClean = check?.integrity_check === 'ok' && lost + halves + said.length === 0;
  if (!isClean || tally.failures.length > 0) process.exitCode = 1;
}
