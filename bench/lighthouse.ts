import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { login } from '@/lib/contrib/auth';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';
import { seedGroups } from '@/prisma/seed';
import { seedUsers } from '@/prisma/seed-users';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { startServer } from '@/tests/support/e2e/server';

const PAGES = {
  'sign-in': '/accounts/login/',
  dashboard: '/dashboard/',
  'user list': '/admin/auth/user/',
  'user form': '/admin/auth/user/1/change/',
  matrix: '/admin/auth/matrix/',
};
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const USERS = 1000;

type Report = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { title: string; score: number | null; scoreDisplayMode: string }>;
};

Object.assign(process.env, testEnvironment);

// No dependency, being large: the folder in which it was installed.
const program = path.join(process.env['LIGHTHOUSE'] ?? '.', 'node_modules/.bin/lighthouse');

/** Lighthouse's scores of pages, as a phone and as a desktop, for a signed-in superuser. */
export async function measureLighthouse(): Promise<void> {
  if (!existsSync(program)) {
    console.info('Install lighthouse in some folder, and name the folder in LIGHTHOUSE.');
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-lighthouse-'));
  const database = await createSqlite();
  const cookie = await withDatabase(database.url, superuserCookie);
  const server = await startServer(database.url);
  try {
    for (const device of ['mobile', 'desktop']) {
      for (const [name, address] of Object.entries(PAGES)) {
        const output = path.join(folder, `${device}-${name}.json`);
        const headers: Record<string, string> = name === 'sign-in' ? {} : { Cookie: cookie };
        run(server.url + address, { device, output, headers });
        report(`${device}, ${name}`, JSON.parse(readFileSync(output, 'utf8')));
      }
    }
  } finally {
    await server.stop();
    await database.remove();
    rmSync(folder, { recursive: true });
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

function run(url: string, { device, output, headers }: Run): void {
  const { status, stderr } = spawnSync(
    program,
    [
      url,
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      `--only-categories=${CATEGORIES.join(',')}`,
      ...(device === 'desktop' ? ['--preset=desktop'] : []),
      `--extra-headers=${JSON.stringify(headers)}`,
      '--chrome-flags=--headless=new --no-sandbox',
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
}

function report(what: string, { categories, audits }: Report): void {
  const scores = CATEGORIES.map(
    (each) => `${each} ${Math.round((categories[each]?.score ?? 0) * 100)}`,
  );
  console.info(`${what}: ${scores.join(', ')}`);
  for (const [id, { title, score, scoreDisplayMode }] of Object.entries(audits)) {
    const isFailed = scoreDisplayMode === 'binary' && score !== null && score < 1;
    if (isFailed) console.info(`    ${id}: ${title}`);
  }
}
