import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { login } from '@/lib/contrib/auth';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';
import { seedGroups } from '@/prisma/seed';
import { seedUsers } from '@/prisma/seed-users';
import { findBrowser } from '@/tests/support/e2e/browser';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { startServer } from '@/tests/support/e2e/server';
import { median } from './load';

const PAGES = {
  'sign-in': '/accounts/login/',
  dashboard: '/dashboard/',
  home: '/admin/',
  'user list': '/admin/auth/user/',
  'user form': '/admin/auth/user/1/change/',
  matrix: '/admin/auth/matrix/',
};
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
// The newest that runs on Node 20.
const VERSION = '12.8.2';
const USERS = 1000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

type Report = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { title: string; score: number | null; scoreDisplayMode: string }>;
};

Object.assign(process.env, testEnvironment);

// No dependency, being large: that of the folder that LIGHTHOUSE names, else npx fetches it.
const folder = process.env['LIGHTHOUSE'];
const program: readonly [string, ...string[]] = folder
  ? [path.join(folder, 'node_modules/.bin/lighthouse')]
  : ['npx', '--yes', `lighthouse@${VERSION}`];

/**
 * Lighthouse's scores of pages, as a phone and as a desktop, for a signed-in superuser: the medians of
 * BENCH_ROUNDS runs, five unless told, with the least and the most where they differ. Performance is of a
 * simulated slow connection and processor, for which it measures this one: a busy machine has less of it.
 */
export async function measureLighthouse(): Promise<void> {
  const reports = mkdtempSync(path.join(tmpdir(), 'gatehouse-lighthouse-'));
  const database = await createSqlite();
  const cookie = await withDatabase(database.url, superuserCookie);
  const server = await startServer(database.url);
  try {
    for (const device of ['mobile', 'desktop']) {
      for (const [name, address] of Object.entries(PAGES)) {
        const headers: Record<string, string> = name === 'sign-in' ? {} : { Cookie: cookie };
        const read = Array.from({ length: ROUNDS }, (_, round): Report => {
          const output = path.join(reports, `${device}-${name}-${round}.json`);
          run(server.url + address, { device, output, headers });
          return JSON.parse(readFileSync(output, 'utf8'));
        });
        report(`${device}, ${name}`, read);
      }
    }
  } finally {
    await server.stop();
    await database.remove();
    rmSync(reports, { recursive: true });
  }
}

async function superuserCookie(): Promise<string> {
  const user = await users.createSuperuser({ username: 'reader' });
  await seedUsers(USERS, '!', [...(await seedGroups()).values()]);
  const session = new Session();
  await login({ session, user: new AnonymousUser() }, user);
  const seal = await session.save({ ipAddress: '127.0.0.1', userAgent: 'bench' });
  if (seal === null || seal === 'delete') throw new Error('The session was not written.');
  return `${sessionCookieName(false)}=${await sealSession(seal)}`;
}

type Run = { device: string; output: string; headers: Record<string, string> };

function run(url: string, { device, output, headers }: Run, triesLeft = 3): void {
  const [command, ...given] = program;
  const { status, stderr } = spawnSync(
    command,
    [
      ...given,
      url,
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      `--only-categories=${CATEGORIES.join(',')}`,
      ...(device === 'desktop' ? ['--preset=desktop'] : []),
      `--extra-headers=${JSON.stringify(headers)}`,
      '--chrome-flags=--headless=new --no-sandbox',
    ],
    { encoding: 'utf8', env: { ...process.env, CHROME_PATH: findBrowser() } },
  );
  if (status === 0) return;
  // Now and then a trace has no beginning.
  if (triesLeft === 0 || !stderr.includes('NO_NAVSTART')) throw new Error(stderr);
  run(url, { device, output, headers }, triesLeft - 1);
}

function report(what: string, reports: readonly Report[]): void {
  const scores = CATEGORIES.map((each) => {
    const all = reports.map(({ categories }) => Math.round((categories[each]?.score ?? 0) * 100));
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return `${each} ${median(all)}${least === most ? '' : ` (${least} to ${most})`}`;
  });
  console.info(`${what}: ${scores.join(', ')}`);
  const failed = new Map<string, string>();
  for (const { audits } of reports) {
    for (const [id, { title, score, scoreDisplayMode }] of Object.entries(audits)) {
      if (scoreDisplayMode === 'binary' && score !== null && score < 1) failed.set(id, title);
    }
  }
  for (const [id, title] of failed) console.info(`    ${id}: ${title}`);
}
