import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { db } from '@/lib/db/client';
import { deviceAccount, rememberDevice } from '@/lib/extras/throttling/known-devices';
import { liftThrottle, listAttempts } from '@/lib/extras/throttling/list';
import { reserveSignIn } from '@/lib/extras/throttling/sign-in';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import { withLongWaits } from '@/tests/support/auth/long-waits';
import { counting, makeUser } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { requestWithMarks, scopesOf } from './scopes';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

beforeEach(() => db.throttle.deleteMany());

const eitherName = { AUTHENTICATION_BACKENDS: ['EmailBackend', 'ModelBackend'] };

describe('tries to sign in', () => {
  it('count together for every spelling of an address, and for the username of who has it', async () => {
    const user = await makeUser();
    const email = 'Ada.Lovelace@example.com';
    await db.user.update({ where: { id: user.id }, data: { email } });
    const spellings = [
      email,
      email.toLowerCase(),
      email.toUpperCase(),
      'aDA.lovelace@Example.com',
      user.username,
    ];
    expect(await triesAt(spellings, eitherName)).toEqual([1, 2, 3, 4, 5]);
    const [counted] = await listAttempts([user.username]);
    expect(counted).toMatchObject({ who: user.username, tries: 5 });
    await overrideSettings(eitherName, () => liftThrottle(email.toLowerCase()));
    expect(await db.throttle.count({ where: { scope: 'account' } })).toBe(0);
  });

  it('count in the same way for an address that nobody has, or several', async () => {
    for (const user of [await makeUser(), await makeUser()]) {
      await db.user.update({ where: { id: user.id }, data: { email: 'shared@example.com' } });
    }
    const spellings = (name: string) => [name, name.toUpperCase(), name.replace('e', 'E')];
    expect(await triesAt(spellings('nobody@example.com'), eitherName)).toEqual([1, 2, 3]);
    expect(await triesAt(spellings('shared@example.com'), eitherName)).toEqual([1, 2, 3]);
  });

  it('are kept apart for what is another address: dots, tags and spaces within', async () => {
    const others = ['a.b@example.com', 'ab@example.com', 'ab+c@example.com', 'a b@example.com'];
    expect(await triesAt(others, eitherName)).toEqual([1, 1, 1, 1]);
  });

  it('count each spelling of a username by itself, also where addresses sign in', async () => {
    for (const backends of [{}, eitherName]) {
      await db.throttle.deleteMany();
      expect(await triesAt(['grace', 'Grace', 'GRACE', 'grace'], backends)).toEqual([1, 1, 1, 2]);
    }
    await db.throttle.deleteMany();
    expect(await triesAt(['a@b.com', 'A@b.com'], {})).toEqual([1, 1]);
  });
});

describe('a device that the account was used on', () => {
  it('has tries of its own until the password is another, whoever has set it', async () => {
    const user = await makeUser();
    const marks = rememberDevice(undefined, deviceAccount(user));
    expect(await scopesOf(user.username, marks)).toEqual(['device']);
    // As Django, the admin, a command or the owner stores it.
    await db.user.update({ where: { id: user.id }, data: { password: 'counting$1$another' } });
    expect(await scopesOf(user.username, marks)).toEqual(['account', 'network']);
    const again = rememberDevice(marks, deviceAccount(await reload(user)));
    expect(await scopesOf(user.username, again)).toEqual(['device']);
  });

  it('is known by the address of the person, too', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { email: 'device@example.com' } });
    const marks = rememberDevice(undefined, deviceAccount(user));
    await overrideSettings(eitherName, async () => {
      expect(await scopesOf('Device@example.com', marks)).toEqual(['device']);
    });
    expect(await scopesOf('Device@example.com', marks)).toEqual(['account', 'network']);
  });

  it('is found among those of other people, which count nothing', async () => {
    const [ada, grace] = [await makeUser(), await makeUser()];
    const first = rememberDevice(undefined, deviceAccount(ada));
    const marks = rememberDevice(first, deviceAccount(grace));
    expect(await scopesOf(grace.username, marks)).toEqual(['device']);
    expect(await scopesOf(ada.username, marks)).toEqual(['device']);
    expect(await scopesOf((await makeUser()).username, marks)).toEqual(['account', 'network']);
  });

  it('is nothing for a mark that was made up, which leaves no row', async () => {
    const user = await makeUser();
    await reserveSignIn(requestWithMarks(), user);
    const count = await db.throttle.count();
    for (let round = 0; round < 12; round += 1) {
      const device = String(round).padStart(16, 'x');
      const madeUp = `${device}-9999999999-${'0'.repeat(64)}`;
      await reserveSignIn(requestWithMarks(madeUp), user);
    }
    expect(await db.throttle.count()).toBe(count);
  });

  it('is nothing for a name that nobody has any more', async () => {
    const user = await makeUser();
    const marks = rememberDevice(undefined, deviceAccount(user));
    await user.delete();
    expect(await scopesOf(user.username, marks)).toEqual(['account', 'network']);
  });
});

describe('a device of a former password', () => {
  withLongWaits();

  it('gains nobody a try, nor starts the count of the device anew', async () => {
    const user = await makeUser();
    const marks = rememberDevice(undefined, deviceAccount(user));
    const spoiled = marks.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const tries: (number | null)[] = [];
    for (let round = 0; round < 12; round += 1) {
      await reserveSignIn(requestWithMarks(spoiled), user);
      const attempt = await reserveSignIn(requestWithMarks(marks), user);
      tries.push(attempt.allowed ? attempt.tries : null);
    }
    const { free } = settings.THROTTLES.login.account;
    const allowed = Array.from({ length: 12 }, (_, round) => (round < free ? round + 1 : null));
    expect(tries).toEqual(allowed);
    const rows = await db.throttle.findMany({ where: { scope: 'account' } });
    expect(rows.map((row) => row.tries)).toEqual([free]);
  });
});

/** The count of each try, in order. */
async function triesAt(names: readonly string[], changed: Parameters<typeof overrideSettings>[0]) {
  const tries: (number | null)[] = [];
  for (const username of names) {
    const attempt = await overrideSettings({ ...counting, ...changed }, () =>
      reserveSignIn(requestWithMarks(), { username }),
    );
    tries.push(attempt.allowed ? attempt.tries : null);
  }
  return tries;
}
