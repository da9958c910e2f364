import path from 'node:path';
import { users } from '@/lib/contrib/auth/users/managers';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { load, median, readPage } from '../load';
import { millionOnSqlite, SUPERUSER } from '../million';
import { type ProbedServer, startProbed } from '../probe';
import { createReader, sessionCookie } from '../reader';

const AT_ONCE = 8;
const WARM_UP = 400;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 8);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);

type Page = { path: string; cookie: string };
type Figures = { cpu: number[]; perSecond: number[]; statements: number };
type Database = { url: string; pages: Page[]; remove(): Promise<void> };

/**
 * This build beside that of another folder, page by page in turns: CPU time of the server for an answer,
 * which other work on the machine lengthens least, and answers a second. `BENCH_BEFORE` is the folder, a
 * clone of an earlier commit with a build for the tests' environment; `BENCH_PAGES=admin` measures the
 * admin with a million users instead of the dashboard, `BENCH_NODE` names another Node for both.
 */
export async function measureBefore(): Promise<void> {
  const folder = process.env['BENCH_BEFORE'];
  if (!folder) {
    console.info('BENCH_BEFORE names no folder with an earlier build: nothing to compare with.');
    return;
  }
  Object.assign(process.env, testEnvironment);
  const isAdmin = process.env['BENCH_PAGES'] === 'admin';
  const database = await (isAdmin ? adminPages() : dashboard());
  const servers: ProbedServer[] = [];
  try {
    for (const each of [path.resolve(folder), undefined]) {
      servers.push(await startProbed(database.url, {}, each, process.env['BENCH_NODE']));
    }
    console.info(`${AT_ONCE} at once, medians of ${ROUNDS} turns of ${SECONDS} s, one process`);
    console.info(`${'page'.padEnd(34)}    CPU ms before  now  ratio    req/s before  now  ratio`);
    for (const page of database.pages) report(page, await compare(page, servers));
  } finally {
    for (const server of servers) await server.stop();
    await database.remove();
  }
}

async function dashboard(): Promise<Database> {
  const database = await createSqlite();
  const cookie = await withDatabase(database.url, createReader);
  return { ...database, pages: [{ path: '/dashboard/', cookie }] };
}

async function adminPages(): Promise<Database> {
  const { url, stop } = await millionOnSqlite();
  const cookie = await withDatabase(url, async () => {
    const user = await users.getByNaturalKey(SUPERUSER);
    if (!user) throw new Error('The database was not filled.');
    return sessionCookie(user);
  });
  const paths = [
    '/admin/',
    '/admin/auth/user/',
    '/admin/auth/user/2/change/',
    '/admin/auth/matrix/',
  ];
  return { url, pages: paths.map((each) => ({ path: each, cookie })), remove: stop };
}

async function compare({ path: page, cookie }: Page, servers: ProbedServer[]): Promise<Figures[]> {
  const figures = servers.map((): Figures => ({ cpu: [], perSecond: [], statements: 0 }));
  for (const { url } of servers) {
    await load(url + page, { cookie, atOnce: AT_ONCE, requests: WARM_UP });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = [...servers.entries()];
    for (const [index, server] of round % 2 === 0 ? order : order.reverse()) {
      const before = await server.probe();
      const until = { atOnce: AT_ONCE, seconds: SECONDS };
      const { perSecond, durations } = await load(server.url + page, { cookie, ...until });
      const after = await server.probe();
      const own = figures[index];
      own?.cpu.push((after.cpu - before.cpu) / durations.length);
      own?.perSecond.push(perSecond);
      if (own) own.statements = (after.statements - before.statements) / durations.length;
    }
  }
  const sizes = await Promise.all(servers.map(({ url }) => readPage(url + page, cookie)));
  console.info(
    `${page}: ${sizes.map(({ body }) => `${(body.length / 1000).toFixed(1)} kB`).join(', now ')}; ` +
      `statements ${figures.map(({ statements }) => statements.toFixed(1)).join(', now ')}`,
  );
  return figures;
}

function report({ path: page }: Page, [before, now]: Figures[]): void {
  if (!before || !now) throw new Error('Nothing was measured.');
  const columns = (['cpu', 'perSecond'] as const).map((name) => {
    const ratios = now[name].map((value, round) => value / (before[name][round] ?? value));
    const figures = [median(before[name]), median(now[name])].map((value) => value.toFixed(2));
    return `${figures.map((figure) => figure.padStart(8)).join('')}  ${spread(ratios)}`;
  });
  console.info(`${page.padEnd(34)}${columns.join('   ')}`);
}

/** Turn by turn, since each pair of turns met the same machine: the median, and the quartiles. */
function spread(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return `${median(ratios).toFixed(2)} (${at(0.25).toFixed(2)} to ${at(0.75).toFixed(2)})`;
}
