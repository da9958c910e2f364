import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { lockWriting } from '@/tests/support/databases/broken-database';
import type { RawAnswer } from '../../support/attack/raw-form';
import { Writer } from '../../support/e2e/articles';
import { connectTo, createSqlite } from '../../support/e2e/environment';
import { cookiesOf, Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from '../fixtures';

const isLong = process.env['TEST_LONG'] === '1';
const PAGES = isLong ? 1000 : 24;
const PEOPLE = 8;
// How long another program holds SQLite's write lock: in a short run until the pages are read.
const HELD_MS = isLong ? 30_000 : 0;
const LONG_AGO = new Date(Date.now() - 6 * 3_600_000);

type Outcome = { done: number; refused: number };

const signedIn = async () => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  return `${sessionCookieName(false)}=${await sealedSession(user)}`;
};

test('SQLite locked by another program for a while: pages come at once, what is sent meanwhile is done or refused', {
  tag: '@no-javascript-only',
}, async ({ server, makeDatabase, serve }) => {
  test.setTimeout(300_000);
  const databaseUrl = await makeDatabase(createSqlite);
  const running = await serve(databaseUrl, { WEB_CONCURRENCY: '1' });
  await connectTo(databaseUrl);
  try {
    const { url } = running;
    const readers = await Promise.all(Array.from({ length: PEOPLE }, signedIn));
    const writer = await new Writer(await signedIn()).open(url);
    await db.session.updateMany({ data: { lastSeen: LONG_AGO } });
    const newcomer = await createUser();
    const mend = await lockWriting();
    const from = performance.now();
    let isFree = false;
    let mended = 0;
    const free = async () => {
      await mend();
      mended = performance.now() - from;
      isFree = true;
    };
    const held = HELD_MS > 0 ? new Promise((resolve) => setTimeout(resolve, HELD_MS)) : null;
    const during: { status: number; ms: number }[] = [];
    const reading = Promise.all(
      readers.map(async (cookie) => {
        for (let i = 0; i < PAGES / PEOPLE; i += 1) {
          const asked = performance.now();
          const { status } = await new Visitor(url, cookie).get('/dashboard/');
          if (!isFree) during.push({ status, ms: performance.now() - asked });
        }
      }),
    );
    const until = async (send: (number: number) => Promise<boolean>): Promise<Outcome> => {
      const outcome = { done: 0, refused: 0 };
      // On until one of after the lock is done, so that none is left hanging.
      for (let number = 0; ; number += 1) {
        const wasFree = isFree;
        const isDone = await send(number);
        outcome[isDone ? 'done' : 'refused'] += 1;
        if (wasFree && isDone) return outcome;
      }
    };
    const writing = until(async (number) => isDone(await writer.add(url, number), 'A text.'));
    const cookies: string[] = [];
    const signing = until(async () => {
      const answer = await signIn(url, newcomer);
      const done = isDone(answer, `value="${newcomer.username}"`);
      if (done) cookies.push(cookiesOf(answer));
      return done;
    });
    await (held ?? reading);
    await free();
    const [writes, signIns] = await Promise.all([writing, signing, reading]);
    const { lost, halves } = await writer.losses();
    const lostSessions = await countLost(url, cookies);
    const times = during.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
    const statuses = [...new Set(during.map(({ status }) => status))];
    console.info(
      `SQLite locked for ${Math.round(mended)} ms: ${during.length} pages meanwhile, status ${statuses}, ` +
        `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; writes ${JSON.stringify(writes)}, sign-ins ` +
        `${JSON.stringify(signIns)}, lost writes ${lost}, lost sessions ${lostSessions}`,
    );
    expect([statuses, lost, halves, lostSessions]).toEqual([[200], 0, 0, 0]);
    expect(writer.saved).toHaveLength(writes.done);
    if (isLong) expect([writes.refused > 0, signIns.refused > 0]).toEqual([true, true]);
  } finally {
    await connectTo(server.databaseUrl);
  }
});

/** Done, or refused in words with the form as it was; anything else is a fault. */
function isDone({ status, headers, body }: RawAnswer, typed: string): boolean {
  if (status === 303) return true;
  expect([status, headers['retry-after']]).toEqual([503, expect.anything()]);
  expect(body).toContain('Nothing was saved.');
  expect(body).toContain(typed);
  return false;
}

async function signIn(url: string, { username, password }: { username: string; password: string }) {
  const stranger = new Visitor(url, '');
  const form = await stranger.form('/accounts/login/', 'username');
  return stranger.post('/accounts/login/', withFields(form, { username, password }));
}

async function countLost(url: string, cookies: readonly string[]): Promise<number> {
  let lost = 0;
  for (const cookie of cookies) {
    if ((await new Visitor(url, cookie).get('/dashboard/')).status !== 200) lost += 1;
  }
  return lost;
}
