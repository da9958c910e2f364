import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import {
  fillDisk,
  lockWriting,
  refuseWriting,
  takeAway,
} from '@/tests/support/databases/broken-database';
import type { RawAnswer } from '../support/attack/raw-form';
import { Writer } from '../support/e2e/articles';
import {
  connectTo,
  createPostgresql,
  createSqlite,
  migrateSqlite,
} from '../support/e2e/environment';
import { canMount, smallDisk } from '../support/e2e/small-disk';
import { Visitor, withFields } from '../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from './fixtures';

const isLong = process.env['TEST_LONG'] === '1';
// Pages of each fault.
const PAGES = isLong ? 1000 : 16;
const PEOPLE = isLong ? 8 : 4;
const LONG_AGO = new Date(Date.now() - 6 * 3_600_000);

type Broken = { name: string; break: () => Promise<() => Promise<void>>; status: number };

/** People whose sessions were last seen hours ago, so that each page wants to write. */
async function people(): Promise<string[]> {
  const cookies: string[] = [];
  for (let i = 0; i < PEOPLE; i += 1) {
    const { user } = await createUser({ isStaff: true, isSuperuser: true });
    cookies.push(`${sessionCookieName(false)}=${await sealedSession(user)}`);
  }
  await db.session.updateMany({ data: { lastSeen: LONG_AGO } });
  return cookies;
}

async function pages(url: string, cookies: string[]) {
  const answers: RawAnswer[] = [];
  const times: number[] = [];
  const visit = async (cookie: string) => {
    for (let i = 0; i < PAGES / PEOPLE; i += 1) {
      const from = performance.now();
      answers.push(await new Visitor(url, cookie).get('/dashboard/'));
      times.push(performance.now() - from);
    }
  };
  await Promise.all(cookies.map(visit));
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  return { answers, p50: at(0.5), p99: at(0.99) };
}

async function measure(where: string, url: string, faults: Broken[]): Promise<void> {
  for (const fault of faults) {
    const cookies = await people();
    const writer = await new Writer(cookies[0] ?? '').open(url);
    const stranger = new Visitor(url, '');
    const form = await stranger.form('/accounts/login/', 'username');
    const { username, password } = await createUser();
    for (let i = 0; i < 10; i += 1) await writer.add(url, i);
    await db.session.updateMany({ data: { lastSeen: LONG_AGO } });
    const mend = await fault.break();
    const { answers, p50, p99 } = await pages(url, cookies);
    const typed = withFields(form, { username, password });
    const refused = await stranger.post('/accounts/login/', typed);
    await mend();
    // A connection that was ended a moment ago may still be handed out once.
    const back = async () => (await new Visitor(url, cookies[0] ?? '').get('/dashboard/')).status;
    await expect.poll(back).toBe(200);
    await writer.add(url, 100);
    const { lost, halves } = await writer.losses();
    const statuses = [...new Set(answers.map(({ status }) => status))];
    console.info(
      `${where}, ${fault.name}: ${answers.length} pages, status ${statuses}, p50 ${p50} ms, p99 ${p99} ms, lost writes ${lost}`,
    );
    expect([statuses, lost, halves]).toEqual([[fault.status], 0, 0]);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, expect.anything()]);
    if (fault.status === 200) expect(refused.body).toContain(`value="${username}"`);
    const [first] = answers;
    if (fault.status !== 503) continue;
    expect(first?.headers['retry-after']).toBe('5');
    expect(first?.body).toContain('The database does not answer');
    expect(first?.body).toContain('</html>');
  }
}

test.describe('pages of signed-in people', { tag: '@no-javascript-only' }, () => {
  test.setTimeout(600_000);

  test('on SQLite: another writer holds the lock, the file is away', async ({
    server,
    makeDatabase,
    serve,
  }) => {
    const databaseUrl = await makeDatabase(createSqlite);
    const running = await serve(databaseUrl, { WEB_CONCURRENCY: '1' });
    await connectTo(databaseUrl);
    try {
      await measure('SQLite', running.url, [
        { name: 'locked by another writer', break: lockWriting, status: 200 },
        { name: 'file away', break: takeAway, status: 503 },
      ]);
    } finally {
      await connectTo(server.databaseUrl);
    }
  });

  if (canMount()) {
    test('on SQLite: the disk is full', async ({ server, serve }) => {
      const { folder, remove } = smallDisk();
      const databaseUrl = `file:${folder}/gatehouse.sqlite3`;
      try {
        await migrateSqlite(databaseUrl);
        const running = await serve(databaseUrl, { WEB_CONCURRENCY: '1' });
        await connectTo(databaseUrl);
        await measure('SQLite', running.url, [
          { name: 'the disk is full', break: fillDisk, status: 200 },
        ]);
        await running.stop();
      } finally {
        await connectTo(server.databaseUrl);
        remove();
      }
    });
  }

  test('on PostgreSQL: read-only, no connections, a standby, killed', async ({ server, serve }) => {
    const postgresql = await createPostgresql({ synchronous_commit: 'on' });
    const there = new URL(postgresql.url);
    there.pathname = '/template1';
    process.env['TEST_POSTGRES_URL'] = there.href;
    const running = await serve(postgresql.url, { WEB_CONCURRENCY: '1' });
    await connectTo(postgresql.url);
    try {
      await measure('PostgreSQL', running.url, [
        { name: 'read-only', break: refuseWriting, status: 200 },
        { name: 'takes no connections', break: takeAway, status: 503 },
        { name: 'a standby, promoted later', break: postgresql.demote, status: 200 },
        { name: 'killed, started later', break: () => postgresql.halt('immediate'), status: 503 },
      ]);
    } finally {
      delete process.env['TEST_POSTGRES_URL'];
      await connectTo(server.databaseUrl);
      await postgresql.remove();
    }
  });
});
