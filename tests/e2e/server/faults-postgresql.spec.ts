import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { Writer } from '../../support/e2e/articles';
import { connectTo, createPostgresql, testEnvironment } from '../../support/e2e/environment';
import { Balancer, report, underLoad } from '../../support/e2e/load';
import { type RunningServer, startServer } from '../../support/e2e/server';
import { cookiesOf, Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from '../fixtures';

const isLong = process.env['TEST_LONG'] === '1';
const VISITORS = isLong ? 8 : 4;

let postgresql: Awaited<ReturnType<typeof createPostgresql>>;
let instances: RunningServer[] = [];
let cookie = '';
let userId = 0;

const start = (env: Record<string, string> = {}) => startServer(postgresql.url, env);

/** Every fourth request writes. */
const mixed = (writer: Writer, url: string, number: number) =>
  number % 4 === 0 ? writer.add(url, number) : writer.read(url);

test.describe('two instances on PostgreSQL', { tag: '@no-javascript-only' }, () => {
  test.describe.configure({ mode: 'serial' });

  test.beforeAll(async () => {
    // What was answered is on the disk, or at least with the kernel, as on a real server.
    postgresql = await createPostgresql({ synchronous_commit: 'on' });
    await connectTo(postgresql.url);
    const { user } = await createUser({ isStaff: true, isSuperuser: true });
    userId = user.id;
    cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
    instances = await Promise.all([start(), start()]);
  });

  test.afterAll(async ({ server }) => {
    await Promise.all(instances.map((instance) => instance.stop()));
    await connectTo(server.databaseUrl);
    await postgresql.remove();
  });

  for (const how of isLong ? (['fast', 'immediate'] as const) : (['fast'] as const)) {
    test(`survive a restart of the database, ${how}`, async () => {
      const [first, second] = instances.map(({ url }) => url) as [string, string];
      const writer = await new Writer(cookie).open(first);
      let [downAt, upAt] = [0, 0];
      const send = (number: number) => mixed(writer, (number >> 2) % 2 ? first : second, number);
      const tally = await underLoad(VISITORS, send, async (soFar) => {
        for (let i = 0; i < (isLong ? 5 : 1); i += 1) {
          await writer.untilSaved(5, soFar);
          if (downAt === 0) downAt = performance.now();
          await postgresql.restart(how);
          upAt = performance.now();
        }
        await writer.untilSaved(10, soFar);
      });
      const { lost, halves } = await writer.losses();
      const late = tally.failures.filter(({ sentAt }) => sentAt > upAt);
      const early = tally.failures.filter(({ failedAt }) => failedAt < downAt);
      const ms = Math.round(upAt - downAt);
      report(
        `PostgreSQL restarted (${how}) under load`,
        tally,
        `all in ${ms} ms from the first to the last restart, lost writes ${lost}`,
      );
      expect([late, early, lost, halves]).toEqual([[], [], 0, 0]);
      expect(tally.failures.some(({ why }) => why === 'session lost')).toBe(false);
      expect(writer.saved.length).toBeGreaterThan(0);
    });
  }

  test('one killed under load takes with it only what it was answering', async () => {
    const rounds = isLong ? 10 : 1;
    const balancer = new Balancer(instances.map(({ url }) => url));
    const writer = await new Writer(cookie).open(instances[0]?.url ?? '');
    const kills: { from: number; to: number }[] = [];
    const send = (number: number) => balancer.send((url) => mixed(writer, url, number));
    const tally = await underLoad(VISITORS, send, async (soFar) => {
      for (let i = 0; i < rounds; i += 1) {
        await writer.untilSaved(5, soFar);
        const [victim, other] = instances as [RunningServer, RunningServer];
        const from = performance.now();
        await victim.stop('SIGKILL');
        kills.push({ from, to: performance.now() });
        await writer.untilSaved(3, soFar);
        const fresh = await start();
        balancer.remove(victim.url);
        balancer.add(fresh.url);
        instances = [other, fresh];
      }
      await writer.untilSaved(5, soFar);
    });
    balancer.stop();
    const { lost, halves } = await writer.losses();
    report(`${rounds} of two instances killed`, tally, `lost writes ${lost}, halves ${halves}`);
    expect([lost, halves]).toEqual([0, 0]);
    expect(tally.failures.length).toBeLessThanOrEqual(rounds * VISITORS);
    for (const { sentAt, failedAt } of tally.failures) {
      expect(kills.some(({ from, to }) => sentAt <= to && failedAt >= from)).toBe(true);
    }
  });

  test('one of a hundred edits at once is saved, and ninety-nine are told', async () => {
    const edited = await createUser();
    const path = `/admin/auth/user/${edited.user.id}/change/`;
    const visitors = instances.map(({ url }) => new Visitor(url, cookie)) as [Visitor, Visitor];
    const fields = await visitors[0].form(path, 'username');
    const names = Array.from({ length: 100 }, (_, i) => `Name ${i}`);
    const post = (name: string, i: number) =>
      visitors[i % 2]?.post(path, withFields(fields, { first_name: name, _save: 'Save' }));
    const answers = await Promise.all(names.map(post));
    const winners = names.filter((_, i) => answers[i]?.status === 303);
    const told = answers.filter((answer) => answer?.body.includes('Nothing of yours is saved yet'));
    const row = await db.user.findUniqueOrThrow({ where: { id: edited.user.id } });
    const entries = await db.logEntry.count({
      where: { objectId: String(edited.user.id), contentType: { model: 'user' } },
    });
    console.info(
      `A hundred edits of one user at once: sent 100, saved ${winners.length}, told ${told.length}, ` +
        `failed ${100 - winners.length - told.length}, entries in the history ${entries}`,
    );
    expect([winners, told.length, entries]).toEqual([[row.firstName], 99, 1]);
  });

  test('a session ended on one is over on the other at once', async () => {
    const [first, second] = instances as [RunningServer, RunningServer];
    const rounds = isLong ? 100 : 10;
    let felt = 0;
    for (let i = 0; i < rounds; i += 1) {
      const { user } = await createUser();
      const own = `${sessionCookieName(false)}=${await sealedSession(user)}`;
      const there = new Visitor(second.url, own);
      expect((await there.get('/dashboard/')).status).toBe(200);
      const here = new Visitor(first.url, own);
      const fields = await here.form('/accounts/logout/', 'next');
      expect((await here.post('/accounts/logout/', fields)).status).toBe(303);
      if ((await there.get('/dashboard/')).headers.location?.includes('/login/')) felt += 1;
    }
    console.info(`Signed out on one of two: ${rounds} times, felt by the other ${felt} times`);
    expect(felt).toBe(rounds);
  });

  test('one whose clock is a minute fast does what the other does', async () => {
    const shim = pathToFileURL('tests/support/e2e/shifted-clock.mjs').href;
    const ahead = await start({ NODE_OPTIONS: `--import ${shim}`, CLOCK_OFFSET_MS: '60000' });
    const [first] = instances as [RunningServer];
    const urls = [first.url, ahead.url];
    try {
      const people = await Promise.all([createUser(), createUser()]);
      for (const [i, { username, password, user }] of people.entries()) {
        const [here = '', there = ''] = [urls[i], urls[1 - i]];
        const stranger = new Visitor(here, '');
        const form = await stranger.form('/accounts/login/', 'username');
        const answer = await stranger.post(
          '/accounts/login/',
          withFields(form, { username, password }),
        );
        const own = cookiesOf(answer);
        expect((await new Visitor(there, own).get('/dashboard/')).status).toBe(200);
        expect((await new Visitor(here, own).get('/dashboard/')).status).toBe(200);
        await db.session.deleteMany({ where: { userId: user.id } });
        expect((await new Visitor(there, own).get('/dashboard/')).status).not.toBe(200);
      }
      const writer = await new Writer(cookie).open(ahead.url);
      const send = (number: number) => mixed(writer, urls[(number >> 2) % 2] ?? '', number);
      const tally = await underLoad(VISITORS, send, (soFar) =>
        writer.untilSaved(isLong ? 200 : 10, soFar),
      );
      const { lost } = await writer.losses();
      const entries = await db.logEntry.findMany({
        where: { userId, objectRepr: { in: writer.saved } },
        select: { actionTime: true },
      });
      const fast = entries.filter(({ actionTime }) => actionTime.getTime() > Date.now() + 10_000);
      report(
        'Two clocks a minute apart',
        tally,
        `lost writes ${lost}, ${fast.length} in the future`,
      );
      expect([tally.failures, lost]).toEqual([[], 0]);
      expect(fast.length).toBeGreaterThan(0);
    } finally {
      await ahead.stop();
    }
  });

  if (isLong) {
    test('secrets are rotated under load, and nobody is signed out', async () => {
      test.setTimeout(300_000);
      const [before, after] = [
        testEnvironment.SECRET_KEY,
        'another-secret-of-more-than-32-characters',
      ];
      // A fallback first, so that no instance meets what it cannot open.
      const stages: Record<string, string>[] = [
        { SECRET_KEY: before, SECRET_KEY_FALLBACKS: after },
        { SECRET_KEY: after, SECRET_KEY_FALLBACKS: before },
        { SECRET_KEY: after },
      ];
      const balancer = new Balancer(instances.map(({ url }) => url));
      // A browser each: a session that gets a new key must not be in use elsewhere at that moment.
      const writers: Writer[] = [];
      for (let i = 0; i < VISITORS; i += 1) {
        const { user } = await createUser({ isStaff: true, isSuperuser: true });
        const own = `${sessionCookieName(false)}=${await sealedSession(user)}`;
        writers.push(await new Writer(own).open(instances[0]?.url ?? ''));
      }
      const send = (number: number, visitor: number) =>
        balancer.send((url) => mixed(writers[visitor] as Writer, url, number));
      const tally = await underLoad(VISITORS, send, async () => {
        for (const env of stages) {
          for (const old of [...instances]) {
            const fresh = await start(env);
            balancer.add(fresh.url);
            instances = [...instances.filter((each) => each !== old), fresh];
            await old.stop('SIGTERM');
            balancer.remove(old.url);
          }
          await sleep(1000);
        }
      });
      balancer.stop();
      let lost = 0;
      for (const writer of writers) lost += (await writer.losses()).lost;
      report('Secrets rotated in three rolls', tally, `lost writes ${lost}`);
      expect([tally.failures.length, lost]).toEqual([0, 0]);
    });
  }
});
