import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { loginCompleted, userLoggedIn } from '@/lib/contrib/auth/signals';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import { counting, makeUser, PASSWORD } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';
import { Browser } from './browser';
import { fixtureStage } from './fixture-stage';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(async () => {
  await freshDatabase();
  // What passwords are stored is looked at once in ten minutes, by whoever comes first.
  await signIn(new Browser(), await makeUser());
});

function signIn(browser: Browser, { username }: User, password = PASSWORD) {
  return overrideSettings(counting, () => browser.signIn(username, password));
}

const words = (statements: readonly string[]) =>
  statements
    .map((sql) =>
      sql
        .trim()
        .replace(/["`]/g, '')
        .replace(/(main|public)\./g, ''),
    )
    .map((sql) => /^(?:(INSERT|UPDATE|DELETE).*?(auth_\w+)|(SELECT)|(\w+))/s.exec(sql) ?? [])
    .map(([, write, table, read, other]) => (write ? `${write} ${table}` : (read ?? other)));

const WRITTEN = [
  'INSERT auth_session',
  'UPDATE auth_user',
  'INSERT auth_security_log',
  'UPDATE auth_throttle',
];

describe('a sign-in', () => {
  it('costs a count that reads the user, and one transaction of four writes', async () => {
    const user = await makeUser();
    const browser = new Browser();
    const statements = words(await statementsOf(() => signIn(browser, user)));
    const begin = statements.indexOf('BEGIN');
    expect(statements.slice(0, begin)).toEqual(['INSERT auth_throttle']);
    expect(statements.slice(begin + 1).filter((word) => word !== 'COMMIT')).toEqual(WRITTEN);
  });

  it('costs no more on a device that the account knows, among others', async () => {
    const user = await makeUser();
    const browser = new Browser();
    for (const each of [user, await makeUser()]) {
      await signIn(browser, each);
      const device = browser.cookie.split('; ').find((cookie) => cookie.includes('device='));
      browser.cookie = device ?? '';
    }
    const statements = words(await statementsOf(() => signIn(browser, user)));
    const begin = statements.indexOf('BEGIN');
    expect(statements.slice(0, begin)).toEqual(['INSERT auth_throttle']);
    expect(statements.slice(begin + 1).filter((word) => word !== 'COMMIT')).toEqual(WRITTEN);
    expect((await signIn(browser, user, 'wrong')).location).toBeNull();
  });

  it('costs as much for a name that nobody has as for a wrong password', async () => {
    const { username } = await makeUser();
    const costs: (string | undefined)[][] = [];
    for (const name of [username, 'nobody']) {
      const browser = new Browser();
      const trying = () => overrideSettings(counting, () => browser.signIn(name, 'wrong'));
      costs.push(words(await statementsOf(trying)));
    }
    expect(costs[0]).toEqual(costs[1]);
    expect(costs[0]?.[0]).toBe('INSERT auth_throttle');
  });

  it('writes no row for half a sign-in where no stage asks', async () => {
    const undo = fixtureStage('mfa_authenticate', () => false).register();
    const user = await makeUser();
    const statements = words(await statementsOf(() => signIn(new Browser(), user)));
    undo();
    expect(statements.filter((word) => word?.includes('auth_session'))).toEqual([WRITTEN[0]]);
  });
});

describe('what a sign-in writes', () => {
  it('is written whole or not at all, and the browser is given no cookie for nothing', async () => {
    const user = await makeUser();
    const disconnect = userLoggedIn.connect(() => {
      throw new Error('the last receiver');
    });
    const reported: unknown[] = [];
    console.error = (...args: unknown[]) => void reported.push(args);
    const browser = new Browser();
    const before = await db.session.count();
    const answer = await signIn(browser, user);
    disconnect();
    expect([answer.status, reported.length]).toEqual([500, 1]);
    expect(await db.session.count()).toBe(before);
    expect((await reload(user)).lastLogin).toBeNull();
    expect(await db.securityLogEntry.count({ where: { actorId: user.id } })).toBe(0);
    const counted = await db.throttle.findMany({
      where: { scope: 'account' },
      orderBy: { id: 'desc' },
    });
    expect(counted[0]?.tries).toBe(1);
    expect(await browser.seal()).toBeNull();
    expect(browser.cookie).not.toContain(settings.DEVICE_COOKIE_NAME);
    expect((await signIn(browser, user)).location).toBe(settings.LOGIN_REDIRECT_URL);
  });

  it('is told to the browser also where the action fails afterwards', async () => {
    const user = await makeUser();
    const disconnect = loginCompleted.connect(() => {
      throw new Error('after the commit');
    });
    console.error = () => {};
    const browser = new Browser();
    const answer = await signIn(browser, user);
    disconnect();
    expect(answer.status).toBe(500);
    expect((await browser.user())?.username).toBe(user.username);
  });

  it('names in the log the session that was written', async () => {
    const user = await makeUser();
    await signIn(new Browser(), user);
    const entry = await db.securityLogEntry.findFirstOrThrow({ where: { actorId: user.id } });
    const session = await db.session.findFirstOrThrow({ where: { userId: user.id } });
    expect(entry.sessionKey).toBe(session.sessionKey);
    expect((await reload(user)).lastLogin).not.toBeNull();
  });
});
