import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { type Answer, hiddenFields, multipart, send } from './client';
import { type Probed, startProbed } from './probe';

const AT_ONCE = 8;
const SECONDS = 30;
// Between two pages of the one visitor who reads while the others sign in.
const PAUSE_MS = 100;
const PASSWORD = 'correct horse battery staple';
const PAGE = '/accounts/login/';

// The tests hash cheaply; this measures what a site pays.
const environment = { ...testEnvironment, BCRYPT_ROUNDS: '12' };

Object.assign(process.env, environment);

/**
 * How long a page takes, and how late the event loop is, at rest and while eight people sign in as
 * often as they are let; and how many of them a second succeed.
 */
export async function measureSignIns(): Promise<void> {
  const database = await createSqlite();
  await withDatabase(database.url, createPeople);
  const server = await startProbed(database.url, environment);
  try {
    await readPages(server.url, 2);
    await signInUntil(performance.now() + 2000, server.url, 0);
    const before = await server.probe();
    const atRest = await readPages(server.url, SECONDS / 2);
    const rested = await server.probe();
    report('page at rest', atRest);
    reportDelay(rested);
    const until = performance.now() + SECONDS * 1000;
    const signingIn = Array.from({ length: AT_ONCE }, (_, i) => signInUntil(until, server.url, i));
    const pages = await readPages(server.url, SECONDS);
    const delay = await server.probe();
    const answers = (await Promise.all(signingIn)).flat();
    const { cpu } = await server.probe();
    report(`page, ${AT_ONCE} signing in`, pages);
    reportDelay(delay);
    const succeeded = answers.filter(({ location }) => location === settings.LOGIN_REDIRECT_URL);
    report(
      'sign-in',
      succeeded.map(({ duration }) => duration),
    );
    console.info(`${(succeeded.length / SECONDS).toFixed(1)} sign-ins a second succeeded`);
    const perPage = (rested.cpu - before.cpu) / atRest.length;
    const perSignIn = (cpu - rested.cpu - pages.length * perPage) / answers.length;
    console.info(`CPU: ${perPage.toFixed(0)} ms a page, ${perSignIn.toFixed(0)} ms a sign-in`);
    console.info(`${answers.length - succeeded.length} were refused (${statuses(answers)} in all)`);
  } finally {
    await server.stop();
    await database.remove();
  }
}

async function createPeople(): Promise<void> {
  for (let i = 0; i < AT_ONCE; i += 1) {
    await users.createUser({ username: `person-${i}`, password: PASSWORD });
  }
}

async function readPages(url: string, seconds: number): Promise<number[]> {
  const durations: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const { status, duration } = await send(url + PAGE);
    if (status !== 200) throw new Error(`${PAGE} answered ${status}.`);
    durations.push(duration);
    await sleep(PAUSE_MS);
  }
  return durations;
}

async function signInUntil(until: number, url: string, person: number): Promise<Answer[]> {
  const hidden = hiddenFields((await send(url + PAGE)).body, 'username');
  const answers: Answer[] = [];
  while (performance.now() < until) answers.push(await signIn(url, person, hidden));
  return answers;
}

async function signIn(url: string, person: number, hidden: [string, string][]): Promise<Answer> {
  const typed: [string, string][] = [
    ['username', `person-${person}`],
    ['password', PASSWORD],
  ];
  const form = multipart([...hidden, ...typed]);
  return send(url + PAGE, { ...form, headers: { ...form.headers, origin: url } });
}

function report(what: string, durations: number[]): void {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (part: number) => `${(sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1)} ms`;
  const [median, high, last] = [at(0.5), at(0.99), `${(sorted.at(-1) ?? 0).toFixed(1)} ms`];
  console.info(`${what}: median ${median}, p99 ${high}, max ${last} (${sorted.length})`);
}

function reportDelay({ p50, p99, max }: Probed): void {
  const [median, high, last] = [p50, p99, max].map((value) => `${value.toFixed(1)} ms`);
  console.info(`  event loop late by: median ${median}, p99 ${high}, max ${last}`);
}

function statuses(answers: Answer[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} × ${status}`).join(', ');
}
