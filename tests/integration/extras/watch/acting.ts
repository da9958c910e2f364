import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AppConfig, defineConfig } from '@/lib/apps/define-config';
import { allConfigs, populate } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/models';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import { db } from '@/lib/db/client';
import { look, watcherCount } from '@/lib/extras/watch/watchers';
import { grant } from '@/tests/support/auth/grants';
import { cookieOf, eventOf, follow, person } from './tabs';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Vouch = NonNullable<AppConfig['impersonations']>[number];

/** The cookie of a session of this person in which somebody acts. */
async function actedIn(user: User): Promise<string> {
  const cookie = await cookieOf(user);
  const row = await db.session.findFirstOrThrow({
    where: { userId: user.id },
    orderBy: { id: 'desc' },
  });
  const values = { ...JSON.parse(row.sessionData), [IMPERSONATOR_KEY]: 'by a test' };
  const data = { sessionData: JSON.stringify(values) };
  await db.session.update({ where: { id: row.id }, data });
  return cookie;
}

/** Let an app vouch for whoever acts. */
async function vouching(vouch: Vouch, work: () => Promise<void>): Promise<void> {
  const configs = allConfigs();
  populate([...configs, defineConfig('watch', { impersonations: [vouch] })]);
  try {
    await work();
  } finally {
    populate(configs);
  }
}

describe('an open tab', () => {
  it('is told that acting as somebody has ended', async () => {
    const cookie = await actedIn((await person()).user);
    let vouched: User | null = (await person()).user;
    await vouching(
      async () => vouched,
      async () => {
        const { read, first } = await follow(cookie);
        expect(eventOf(first)).toBe('watching');
        vouched = null;
        await look();
        expect(eventOf(await read())).toBe('ended');
        expect(await read()).toBe('closed');
      },
    );
  });

  it('is told of itself while nobody can say who acts in another, which stays as it is', async () => {
    const [acted, plain] = [await person(), await person()];
    const cookie = await actedIn(acted.user);
    let fails = false;
    const vouch = async () => (fails ? Promise.reject(new Error('away')) : plain.user);
    await vouching(vouch, async () => {
      const tabs = [await follow(cookie), await follow(plain.cookie)] as const;
      fails = true;
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      for (const { user } of [acted, plain]) await grant(user, 'auth.view_user');
      await look();
      expect(eventOf(await tabs[1].read())).toBe('changed');
      await look();
      expect([warn.mock.calls.length, watcherCount()]).toEqual([1, 2]);
      fails = false;
      await look();
      expect(eventOf(await tabs[0].read())).toBe('changed');
    });
  });

  it('has the rights of whoever acts asked now and then, and when those of its person change', async () => {
    const { user } = await person();
    const asked: (boolean | undefined)[] = [];
    const vouch: Vouch = async (_session, { id }, { areRightsKnown } = {}) => {
      asked.push(areRightsKnown);
      return id === user.id ? user : null;
    };
    await vouching(vouch, async () => {
      await follow(await actedIn(user));
      asked.length = 0;
      await look();
      await look();
      await grant(user, 'auth.view_user');
      await look();
      await look();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5000 });
      await look();
      expect(asked).toEqual([false, true, false, true, false]);
    });
  });
});
