import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { AuthRequest } from '@/lib/contrib/auth';
import { type Backend, registerBackend } from '@/lib/contrib/auth/backends';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { userLoginFailed } from '@/lib/contrib/auth/signals';
import { ImproperlyConfigured, PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { makeUser, PASSWORD, signIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

const hasher = countingHasher();
const failures: { credentials: Readonly<Record<string, unknown>>; request: AuthRequest | null }[] =
  [];

beforeAll(() => registerHasher(hasher));
beforeAll(() => userLoginFailed.connect((failure) => void failures.push(failure)));
beforeAll(freshDatabase);

beforeEach(() => {
  failures.length = 0;
  hasher.calls = 0;
});

describe('authenticate', () => {
  it('finds the user by name and password and says which backend did', async () => {
    const user = await makeUser();
    const found = await signIn({ username: user.username, password: PASSWORD });
    expect(found?.id).toBe(user.id);
    expect(found?.backend).toBe('ModelBackend');
    expect(failures).toEqual([]);
  });

  it('takes an empty password only for the one that is empty', async () => {
    const [empty, other] = [await makeUser({ password: '' }), await makeUser()];
    expect(await signIn({ username: empty.username, password: '' })).not.toBeNull();
    expect(await signIn({ username: other.username, password: '' })).toBeNull();
  });

  it('compares usernames exactly', async () => {
    const { username } = await makeUser();
    for (const other of [username.toUpperCase(), ` ${username}`, `${username}\0`]) {
      expect(await signIn({ username: other, password: PASSWORD })).toBeNull();
    }
  });

  it.each([
    ['the username alone', { username: 'user1' }],
    ['the password alone', { password: PASSWORD }],
    ['nothing', {}],
    ['a null username', { username: null, password: PASSWORD }],
    ['a null password', { username: 'user1', password: null }],
    ['an email address for the username', { email: 'user1', password: PASSWORD }],
    ['an object for the password', { username: 'user1', password: { not: '' } }],
  ])('refuses %s without hashing, and says so once', async (_what, credentials) => {
    expect(await signIn(credentials)).toBeNull();
    expect(hasher.calls).toBe(0);
    expect(failures).toHaveLength(1);
  });

  it('hashes as much whatever the reason for refusing', async () => {
    const [active, inactive, unusable, broken] = [
      await makeUser(),
      await makeUser({ isActive: false }),
      await makeUser({ password: null }),
      await makeUser(),
    ];
    await db.user.update({ where: { id: broken.id }, data: { password: 'gibberish' } });
    const attempts: [User | null, string][] = [
      [active, PASSWORD],
      [active, 'wrong'],
      [active, ''],
      [inactive, PASSWORD],
      [inactive, 'wrong'],
      [unusable, PASSWORD],
      [broken, PASSWORD],
      [null, PASSWORD],
      [null, ''],
    ];
    const calls: number[] = [];
    const found: boolean[] = [];
    for (const [user, password] of attempts) {
      hasher.calls = 0;
      found.push((await signIn({ username: user?.username ?? 'nobody', password })) !== null);
      calls.push(hasher.calls);
    }
    expect(calls).toEqual(attempts.map(() => 1));
    expect(found).toEqual([true, ...attempts.slice(1).map(() => false)]);
  });

  it('asks the database as often for an unknown user as for a wrong password', async () => {
    const { username } = await makeUser();
    const wrong = await statementsOf(() => signIn({ username, password: 'wrong' }));
    const unknown = await statementsOf(() => signIn({ username: 'nobody', password: 'wrong' }));
    expect(unknown).toEqual(wrong);
    // The backend's, and two of the security log.
    expect(wrong).toHaveLength(3);
  });

  it('tells of a failure with every secret masked', async () => {
    await signIn({
      username: 'nobody',
      password: 'p',
      otp: '1',
      SECRETx: 's',
      api_key: 'k',
      token: 't',
      signature: 's',
    });
    const masked = '*'.repeat(20);
    expect(failures).toEqual([
      {
        request: null,
        credentials: {
          username: 'nobody',
          password: masked,
          otp: '1',
          SECRETx: masked,
          api_key: masked,
          token: masked,
          signature: masked,
        },
      },
    ]);
  });

  describe('with several backends', () => {
    const deny: Backend = {
      name: 'Deny',
      authenticate: () => Promise.reject(new PermissionDenied()),
    };
    const mute: Backend = { name: 'Mute' };
    const tokenOnly: Backend = {
      name: 'TokenOnly',
      acceptsCredentials: (names) => names.length === 1 && names[0] === 'token',
      authenticate: () => Promise.reject(new TypeError('asked with a token only')),
    };

    for (const backend of [deny, mute, tokenOnly]) beforeAll(() => registerBackend(backend));

    it.each([
      [['ModelBackend', 'Deny'], true],
      [['Deny', 'ModelBackend'], false],
      [['TokenOnly', 'ModelBackend'], true],
      [['Mute', 'ModelBackend'], true],
      [['Mute'], false],
    ])('%j: %s', async (AUTHENTICATION_BACKENDS, isFound) => {
      const { username } = await makeUser();
      await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
        const found = await signIn({ username, password: PASSWORD });
        expect(found?.backend).toBe(isFound ? 'ModelBackend' : undefined);
        expect(failures).toHaveLength(isFound ? 0 : 1);
      });
    });

    it('passes on what a matching backend throws', async () => {
      await overrideSettings({ AUTHENTICATION_BACKENDS: ['TokenOnly'] }, async () => {
        await expect(signIn({ token: 't' })).rejects.toThrow('asked with a token only');
      });
    });

    it.each([[[]], [['Nowhere']]])('refuses to work with %j', async (AUTHENTICATION_BACKENDS) => {
      await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
        await expect(signIn({ username: 'u', password: 'p' })).rejects.toThrow(
          ImproperlyConfigured,
        );
      });
    });
  });
});
