import { spawnSync } from 'node:child_process';
import { Agent, request } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { login } from '@/lib/contrib/auth';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';
import { type Machine, machine, NAME } from '@/tests/support/deployed/site';
import { withDatabase } from '@/tests/support/e2e/environment';
import { type PostgresServer, startPostgres } from '@/tests/support/postgres';
import { readSource } from '@/tests/support/sources';

const why = ['nginx', 'git', 'curl']
  .filter((program) => spawnSync('which', [program]).status !== 0)
  .map((program) => `${program} is not installed`)
  .join(', ');
const page = readSource('docs/deploy.md');

const blocksOf = (title: string) => {
  const [, section = ''] = page.split(`## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
};

const [folders = '', release = '', database = '', instances = ''] = blocksOf('From nothing');
// As step 4 of an upgrade has it.
const [, restart = '', ready = ''] =
  /`(systemctl restart gatehouse@3001)`, wait for `(curl [^`]+)`/.exec(page) ?? [];
const untilReady = (line: string) => `until ${line} >/dev/null; do sleep 0.2; done`;
const second = (text: string) => text.replaceAll('3001', '3002');

let postgres: PostgresServer;
let site: Machine;
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

beforeAll(async () => {
  if (why) return;
  postgres = await startPostgres();
  site = await machine((tls) => ({
    SECRET_KEY: settings.SECRET_KEY,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
    DATABASE_URL: postgres.url,
    APP_ORIGIN: `https://${NAME}:${tls}`,
    ALLOWED_HOSTS: NAME,
    TRUSTED_PROXY_HOPS: '1',
    EMAIL_URL: 'smtp://127.0.0.1:1',
  }));
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await site?.remove();
  await postgres?.stop();
}, 120_000);

/** The status of a page by way of the proxy, 0 for none. */
function statusOf(path: string, cookie: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port: site.tls, servername: NAME, path, agent },
        headers: { host: `${NAME}:${site.tls}`, cookie },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', () => resolve(0));
      },
    );
    sent.on('error', () => resolve(0));
    sent.end();
  });
}

async function signedIn(): Promise<string> {
  const user = await users.createSuperuser({ username: 'reader' });
  const session = new Session();
  await login({ session, user: new AnonymousUser() }, user);
  const seal = await session.save({ ipAddress: '127.0.0.1', userAgent: 'test' });
  if (seal === null || seal === 'delete') throw new Error('The session was not written.');
  return `${sessionCookieName(true)}=${await sealSession(seal)}`;
}

it.skipIf(why)(
  `serves by docs/deploy.md, and goes on while it is upgraded ${why}`,
  async () => {
    expect(restart).not.toBe('');
    await site.run([folders, release, database, instances].join('\n'));
    await site.run([untilReady(ready), untilReady(second(ready))].join('\n'));
    site.startProxy();
    const cookie = await withDatabase(postgres.url, signedIn);
    await expect.poll(() => statusOf('/admin/', cookie), { timeout: 30_000 }).toBe(200);

    await site.run(release.replaceAll('releases/1', 'releases/2'));
    const statuses: number[] = [];
    let isOver = false;
    const visitor = async () => {
      while (!isOver || statuses.length < 1000) {
        statuses.push(await statusOf(statuses.length % 3 ? '/dashboard/' : '/admin/', cookie));
      }
    };
    const visitors = Array.from({ length: 8 }, visitor);
    await site.run(
      [restart, untilReady(ready), second(restart), untilReady(second(ready))].join('\n'),
    );
    isOver = true;
    await Promise.all(visitors);
    expect(statuses.length).toBeGreaterThanOrEqual(1000);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(site.servedReleases()).toEqual(['2', '2']);
  },
  1_800_000,
);
