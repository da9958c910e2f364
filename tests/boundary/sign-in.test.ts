import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { emptyFormState, type FormState } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import { withLongWaits } from '@/tests/support/auth/long-waits';
import { freshDatabase } from '@/tests/support/database';
import { browser, CHEAP } from './browser';
import { loginNotRequired, loginRequired } from './guards';
import { probe } from './probe';

const PASSWORD = 'correct horse';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  await overrideSettings(CHEAP, async () => {
    for (const username of ['ada', 'bob']) await users.createUser({ username, password: PASSWORD });
    await users.createUser({ username: 'asleep', password: PASSWORD, isActive: false });
  });
  return tearDown;
});

beforeEach(async () => {
  await db.throttle.deleteMany();
});

type Browser = ReturnType<typeof browser>;
type Where = Parameters<Browser['send']>[1];

function signIn({ send }: Browser, username: string, password = PASSWORD, where?: Where) {
  // Kept as long as a session is by itself: nothing but signing in gives it another key.
  const form = formOf({ username, password, remember_me: 'on' });
  return send(() => loginAction(emptyFormState, form), where);
}

async function whoIs({ cookies }: Browser): Promise<string> {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

function errorsOf(value: unknown): readonly string[] {
  return (value as FormState).formErrors;
}

describe('signing in', () => {
  it('makes the browser that of the person, and the page that was asked for comes next', async () => {
    const mine = browser();
    const answer = await signIn(mine, 'ada', PASSWORD, { path: '/accounts/login/?next=/private/' });
    expect(answer).toMatchObject({ status: 303, location: '/private/' });
    expect(await whoIs(mine)).toBe('ada');
  });

  it.each(['//evil.test/', 'https://evil.test/', '/\\evil.test/', 'javascript:alert(1)'])(
    'leads nowhere else: %s',
    async (next) => {
      const path = `/accounts/login/?next=${encodeURIComponent(next)}`;
      const { location } = await signIn(browser(), 'ada', PASSWORD, { path });
      expect(location).toBe(settings.LOGIN_REDIRECT_URL);
    },
  );

  it('gives a session that a stranger had another key: the old cookie is worth nothing', async () => {
    const planted = await probe(loginNotRequired, ({ session }) => session.set('cart', 'x')).ask(
      'action',
    );
    const name = sessionCookieName(false);
    const cookie = `${name}=${planted.cookies.get(name)}`;
    const mine = browser(cookie);
    await signIn(mine, 'ada');
    expect(await whoIs(mine)).toBe('ada');
    expect((await probe(loginRequired).ask('page', { cookie })).ran).toBe(false);
  });

  it.each([
    ['a wrong password', 'ada', 'wrong'],
    ['a name that nobody has', 'nobody', PASSWORD],
    ['an account that is inactive', 'asleep', PASSWORD],
  ])('is refused for %s, in the same words and without a cookie', async (_what, name, password) => {
    const mine = browser();
    const { value, status, cookies } = await signIn(mine, name, password);
    expect({ status, cookies: [...cookies.keys()] }).toEqual({ status: 200, cookies: [] });
    expect(errorsOf(value)[0]).toMatch(/^This username and password do not match/);
    expect(JSON.stringify(value)).not.toContain(password);
    expect(await whoIs(mine)).toBe('nobody');
  });

  it('ends with signing out, for every copy of the cookie', async () => {
    const mine = browser();
    await signIn(mine, 'ada');
    const copy = browser(mine.cookies());
    expect(await whoIs(copy)).toBe('ada');
    await mine.send(() => logoutAction(new FormData()));
    expect(await whoIs(copy)).toBe('nobody');
  });
});

describe('guessing', () => {
  withLongWaits();
  const { free } = settings.THROTTLES.login.account;

  async function guess(times: number, { username = 'ada', ipAddress = '192.0.2.9' } = {}) {
    for (let i = 0; i < times; i += 1) {
      await signIn(browser(), username, `wrong ${i}`, { ipAddress });
    }
  }

  it('has to wait, and the right password waits as well', async () => {
    await guess(free);
    const mine = browser();
    const { status, headers, value } = await signIn(mine, 'ada');
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(errorsOf(value)[0]).toMatch(/^Too many tries/);
    expect(await whoIs(mine)).toBe('nobody');
  });

  it('counts against the account from wherever it is tried, and against no other', async () => {
    for (let i = 0; i < free; i += 1) await guess(1, { ipAddress: `198.51.100.${i}` });
    expect((await signIn(browser(), 'ada')).status).toBe(429);
    expect((await signIn(browser(), 'bob')).status).toBe(303);
  });

  it('is not forgiven by signing in to an account of one’s own', async () => {
    const { login, ...others } = settings.THROTTLES;
    const network = { ...login.network, free: 4 };
    const ipAddress = '203.0.113.5';
    await overrideSettings({ THROTTLES: { ...others, login: { ...login, network } } }, async () => {
      for (const username of ['one', 'two']) await guess(1, { username, ipAddress });
      expect((await signIn(browser(), 'bob', PASSWORD, { ipAddress })).status).toBe(303);
      for (const username of ['three', 'four']) await guess(1, { username, ipAddress });
      expect((await signIn(browser(), 'ada', PASSWORD, { ipAddress })).status).toBe(429);
    });
  });

  it('from elsewhere does not shut out a device that the account knows', async () => {
    const mine = browser();
    await signIn(mine, 'ada');
    await mine.send(() => logoutAction(new FormData()));
    await guess(free);
    expect((await signIn(browser(), 'ada')).status).toBe(429);
    expect((await signIn(mine, 'ada')).status).toBe(303);
  });

  it('gets no tries of its own by a device that another account knows', async () => {
    const own = browser();
    await signIn(own, 'bob');
    await guess(free);
    expect((await signIn(own, 'ada')).status).toBe(429);
  });
});
