import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { AttemptKeys } from '@/lib/contrib/auth/sign-in/attempts';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { db, transaction } from '@/lib/db/client';
import { forgetAttempts, reserveAttempt, withdrawAttempt } from '@/lib/extras/throttling/attempts';
import { accountKey } from '@/lib/extras/throttling/keys';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { statementsOf } from '@/tests/support/statements';

const start = new Date('2026-03-01T12:00:00.000Z');
const { account, network } = settings.THROTTLES.login;

let clock = start;

beforeAll(freshDatabase);

beforeEach(async () => {
  clock = start;
  await db.throttle.deleteMany();
});

function keys(name = 'ada', address = '192.0.2.1'): AttemptKeys {
  return { account: name, network: address };
}

function attempt(who = keys(), kind: 'login' | 'password_reset' = 'login') {
  return reserveAttempt(kind, who, { now: clock });
}

async function pass(seconds: number): Promise<void> {
  clock = new Date(clock.getTime() + seconds * 1000);
}

async function useUp(who = keys(), count = account.free): Promise<void> {
  for (let i = 0; i < count; i += 1) expect((await attempt(who)).allowed).toBe(true);
}

async function waitOf(who = keys()): Promise<number> {
  const answer = await attempt(who);
  return answer.allowed ? 0 : answer.retryAfter;
}

/** Until so many statements wait for a row that somebody else holds. */
async function untilWaiting(count: number): Promise<void> {
  for (let waiting = 0; waiting < count; ) {
    const [row] = await db.$queryRaw<{ waiting: number }[]>`
      SELECT count(DISTINCT pid)::int AS waiting FROM pg_locks WHERE NOT granted`;
    waiting = row?.waiting ?? 0;
  }
}

describe('reserveAttempt', () => {
  it('lets five tries pass, then makes wait 1, 2, 4 … seconds, a quarter of an hour at most', async () => {
    await useUp();
    const waits: number[] = [];
    for (let i = 0; i < 13; i += 1) {
      const seconds = await waitOf();
      waits.push(seconds);
      await pass(seconds);
      expect((await attempt()).allowed).toBe(true);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('makes wait equally long each time where a policy says so', async () => {
    const equal = { ...account, delay: account.maxDelay };
    const THROTTLES = { ...settings.THROTTLES, login: { account: equal, network } };
    await overrideSettings({ THROTTLES }, async () => {
      await useUp();
      const first = await waitOf();
      await pass(first);
      expect((await attempt()).allowed).toBe(true);
      expect([first, await waitOf()]).toEqual([account.maxDelay, account.maxDelay]);
    });
  });

  it('lets pass of fifty tries at once as many as one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => attempt(keys('ada', `192.0.2.${i}`))),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(account.free);
  });

  it('lets one pass of those that were under way before the last free try was counted', async () => {
    const who = keys('ada', '');
    await useUp(who, account.free - 1);
    const { racing } = await transaction(async (tx) => {
      await tx.throttle.updateMany({ data: { refused: 0 } });
      const tries = Promise.all(Array.from({ length: 4 }, () => attempt(who)));
      if (testDatabase === 'postgresql') await untilWaiting(4);
      return { racing: tries };
    });
    expect((await racing).filter(({ allowed }) => allowed)).toHaveLength(1);
  });

  it('does not mind that clocks differ a little', async () => {
    await attempt();
    await pass(-0.005);
    await useUp(keys(), account.free - 1);
  });

  it('lets pass as many of a network, whatever names are tried', async () => {
    const tries = network.free + 20;
    const answers = await Promise.all(
      Array.from({ length: tries }, (_, i) => attempt(keys(`name${i}`))),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(network.free);
  });

  it('does not lengthen the wait for whoever does not wait, and counts how often', async () => {
    await useUp();
    for (let i = 0; i < 10; i += 1) expect(await waitOf()).toBe(1);
    await pass(0.4);
    expect(await waitOf()).toBe(1);
    const row = await db.throttle.findFirstOrThrow({ where: { scope: 'account' } });
    expect(row).toMatchObject({ tries: 5, refused: 11 });
    await pass(0.6);
    expect(await attempt()).toMatchObject({ allowed: true, tries: 6 });
  });

  it('counts a refused try nowhere', async () => {
    await useUp();
    await attempt(keys('ada', '198.51.100.7'));
    expect(await db.throttle.count({ where: { key: '198.51.100.7' } })).toBe(0);
    for (let i = 0; i < network.free; i += 1) await attempt(keys(`n${i}`, '198.51.100.8'));
    expect((await attempt(keys('eve', '198.51.100.8'))).allowed).toBe(false);
    expect((await attempt(keys('eve', '198.51.100.9'))).allowed).toBe(true);
    const eve = { scope: 'account', key: accountKey('login', 'eve') };
    expect(await db.throttle.findFirstOrThrow({ where: eve })).toMatchObject({ tries: 1 });
  });

  it('tells neither names nor people apart: an unknown one waits like a known one', async () => {
    const names = ['nobody', 'x'.repeat(100_000), 'a\0b', '\ud800', "'; --", ''];
    for (const name of names) {
      const who = keys(name, '');
      await useUp(who);
      expect(await waitOf(who)).toBe(1);
    }
    const stored = JSON.stringify(await db.throttle.findMany());
    for (const name of ['nobody', 'xxx', '--']) expect(stored).not.toContain(name);
  });

  it('keeps accounts, kinds and networks apart, and an IPv6 network together', async () => {
    await useUp();
    expect((await attempt(keys('bob'))).allowed).toBe(true);
    expect((await attempt(keys(), 'password_reset')).allowed).toBe(true);
    await useUp(keys('eve', '2001:db8::1'));
    const shared = { scope: 'network', key: '2001:db8:0:0::/64' };
    await attempt(keys('mallory', '2001:db8::ffff:1'));
    expect(await db.throttle.findFirstOrThrow({ where: shared })).toMatchObject({ tries: 6 });
  });

  it('gives a known device tries of its own, which nobody else can use up', async () => {
    for (let i = 0; i < network.free; i += 1) await attempt(keys(`n${i}`));
    await useUp(keys('ada', '203.0.113.1'));
    expect((await attempt()).allowed).toBe(false);
    const device = { ...keys(), device: 'known-device' };
    await useUp(device);
    expect(await waitOf(device)).toBe(1);
  });

  it('forgets after a day for an account, after an hour for a network', async () => {
    await useUp(keys(), account.free);
    await pass(network.forget);
    await attempt();
    const tries = async () => {
      const rows = await db.throttle.findMany({
        where: { kind: 'login' },
        orderBy: { scope: 'asc' },
      });
      return rows.map((row) => [row.scope, row.tries]);
    };
    expect(await tries()).toEqual([
      ['account', 6],
      ['network', 1],
    ]);
    await pass(account.forget - network.forget);
    await attempt();
    expect(await tries()).toEqual([
      ['account', 1],
      ['network', 1],
    ]);
  });

  it('costs one statement, and two when it refuses and has told of it', async () => {
    expect(await statementsOf(() => attempt())).toHaveLength(1);
    await useUp(keys(), account.free - 1);
    await attempt();
    expect(await statementsOf(() => attempt())).toHaveLength(2);
  });
});

describe('forgetAttempts', () => {
  it('lets the account begin anew and gives the network its one try back', async () => {
    await useUp();
    await useUp(keys('eve'));
    await forgetAttempts('login', keys());
    const where = { scope: 'network' };
    expect(await db.throttle.findFirstOrThrow({ where })).toMatchObject({ tries: 9 });
    await useUp();
    expect((await attempt()).allowed).toBe(false);
    expect((await attempt(keys('eve'))).allowed).toBe(false);
  });

  it("does not let one's own sign-in clear the network", async () => {
    for (let i = 0; i < network.free; i += 1) {
      await attempt(keys(`n${i}`));
      if (i % 10 !== 0) continue;
      expect((await attempt(keys('own'))).allowed).toBe(true);
      await forgetAttempts('login', keys('own'));
    }
    expect((await attempt(keys('victim'))).allowed).toBe(false);
  });

  it('clears what was counted and nothing else: a device does not free the account', async () => {
    await useUp();
    const device = { ...keys(), device: 'known-device' };
    await attempt(device);
    await forgetAttempts('login', device);
    expect((await attempt()).allowed).toBe(false);
  });
});

describe('withdrawAttempt', () => {
  it('gives the try back to account and network, with the wait that it brought', async () => {
    await useUp(keys(), account.free - 1);
    const last = await attempt();
    if (!last.allowed) throw new Error('refused');
    await withdrawAttempt('login', keys(), last.tries);
    const rows = await db.throttle.findMany();
    expect(rows.map(({ tries }) => tries)).toEqual([4, 4]);
    expect(await attempt()).toMatchObject({ allowed: true, tries: account.free });
    expect(await waitOf()).toBe(1);
  });

  it('leaves the wait that a later try brought', async () => {
    await useUp(keys(), account.free - 2);
    const withdrawn = await attempt();
    if (!withdrawn.allowed) throw new Error('refused');
    await attempt();
    await withdrawAttempt('login', keys(), withdrawn.tries);
    expect(await waitOf()).toBe(1);
  });
});

describe('manage clearsessions', () => {
  it('deletes counters of which nothing counts any more', async () => {
    clock = new Date();
    await attempt(keys('fresh', ''));
    clock = new Date(Date.now() - account.forget * 1000);
    await attempt(keys('stale', ''));
    await run(clearsessions, []);
    const left = await db.throttle.findMany({ select: { key: true } });
    expect(left).toEqual([{ key: accountKey('login', 'fresh') }]);
  });
});
