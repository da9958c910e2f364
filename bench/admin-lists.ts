import { type ChangeList, getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { adminSite } from '@/lib/site/admins';
import { testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { send } from './client';
import { type Million, millionOnPostgresql, millionOnSqlite, SUPERUSER, USERS } from './million';
import { startProbed } from './probe';
import { sessionCookie } from './reader';

const PAGES: readonly (readonly [what: string, query: string])[] = [
  ['the list', ''],
  ['search, 3 letters, 89,000 fit', 'q=ros'],
  ['  sorted by first name, of which none is near the start', 'q=ros&o=3'],
  ['search, 3 letters, all fit', 'q=exa'],
  ['search, 3 letters, none fits', 'q=zqx'],
  ['search, a name', 'q=user123456'],
  ['search, first names on the last pages', 'q=user99'],
  ['search, two words', 'q=rosa+abe'],
  ['search, 2 letters, none fits', 'q=zq'],
  ['filter, 1,000 fit', 'is_staff__exact=1'],
  ['filter, 980,000 fit', 'is_active__exact=1'],
  ['filter, 20,000 fit', 'is_active__exact=0'],
  ['filter by group, 333,000 fit', 'groups__id__exact=1'],
  ['filter and search', 'is_active__exact=0&q=ros'],
  ...[1, 2, 3, 4, 5].flatMap((column) => [
    [`sorted by column ${column}`, `o=${column}`] as const,
    [`  downwards`, `o=-${column}`] as const,
  ]),
  ['the last page', 'p=10001'],
  ['  sorted by column 3', 'o=3&p=10001'],
  ['    downwards', 'o=-3&p=10001'],
  ['  sorted by column 5', 'o=5&p=10001'],
  ['the middle page', 'p=5000'],
];

const COLD = 100;
const WARM_UP = 5;
const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 100);

Object.assign(process.env, testEnvironment);

/**
 * How long pages of the list of a million users take, on both databases: the whole answer of the
 * production build to the last byte, asked for by one visitor on the same machine; the CPU time of
 * the server's process, which other work on the machine does not lengthen (SQLite's statements are
 * in it, PostgreSQL's are not); and in this process what `getChangeList` takes of it, the statements.
 */
export async function measureAdminLists(): Promise<void> {
  for (const start of [millionOnSqlite, millionOnPostgresql]) {
    const million = await start();
    try {
      await measure(million);
    } finally {
      await million.stop();
    }
  }
}

async function measure({ name, url }: Million): Promise<void> {
  const server = await startProbed(url);
  const cpuTime = async () => (await server.probe()).cpu;
  const admin = adminSite.find('auth.user');
  try {
    await withDatabase(url, async () => {
      const user = await users.getByNaturalKey(SUPERUSER);
      if (!user || !admin) throw new Error('The database was not filled.');
      const cookie = await sessionCookie(user);
      console.info(`\n${name}, ${USERS.toLocaleString('en')} users; milliseconds`);
      console.info(`${'page'.padEnd(56)}   p50   p99   CPU  statements p50   p99`);
      const lines: string[] = [];
      // A server that has just been started has compiled little of itself.
      for (let i = 0; i < COLD; i += 1) await read(`${server.url}/admin/auth/user/`, cookie);
      for (const [what, query] of PAGES) {
        const address = `${server.url}/admin/auth/user/?${query}`;
        for (let i = 0; i < WARM_UP; i += 1) await read(address, cookie);
        const before = await cpuTime();
        const page = await repeat(() => read(address, cookie));
        const cpu = (((await cpuTime()) - before) / REQUESTS).toFixed(1).padStart(5);
        lines.push(`${what.padEnd(56)} ${page} ${cpu}`);
      }
      // After all pages, since a connection that waits for statements would be closed meanwhile.
      for (const [index, [, query]] of PAGES.entries()) {
        const list = await repeat(() => timed(() => listOf(admin, user, query)));
        console.info(`${lines[index]}           ${list}`);
      }
    });
  } finally {
    await server.stop();
  }
}

function listOf(admin: ModelAdmin, user: User, query: string): Promise<ChangeList> {
  return getChangeList(admin, user, new URLSearchParams(query));
}

async function repeat(run: () => Promise<number>): Promise<string> {
  const durations: number[] = [];
  for (let i = 0; i < REQUESTS; i += 1) durations.push(await run());
  durations.sort((a, b) => a - b);
  const at = (part: number) => durations[Math.min(REQUESTS - 1, Math.floor(REQUESTS * part))] ?? 0;
  return [at(0.5), at(0.99)].map((duration) => duration.toFixed(1).padStart(5)).join(' ');
}

async function read(url: string, cookie: string): Promise<number> {
  const { status, location, duration } = await send(url, { headers: { cookie } });
  if (status !== 200) throw new Error(`${url} answered ${status}, ${location}.`);
  return duration;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
