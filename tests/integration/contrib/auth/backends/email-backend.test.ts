import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate, login } from '@/lib/contrib/auth';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { users } from '@/lib/contrib/auth/users/managers';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { counting, PASSWORD, requestWith, save } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const hasher = countingHasher();
const on = { ...counting, AUTHENTICATION_BACKENDS: ['EmailBackend', 'ModelBackend'] };

beforeAll(() => registerHasher(hasher));
beforeAll(async () => {
  const tearDown = await freshDatabase();
  const make = (username: string, email: string, isActive = true) =>
    users.createUser({ username, email, isActive, password: PASSWORD });
  await overrideSettings(counting, async () => {
    await make('ada', 'Ada@Example.com');
    await make('gone', 'gone@example.com', false);
    await make('twin', 'twins@example.com');
    await make('other', 'TWINS@example.com');
    await make('mike', 'mike@example.org');
    await make('at@home', '');
  });
  return tearDown;
});

/** Who is signed in by this, with how much hashing. */
async function signIn(credentials: Record<string, unknown>) {
  hasher.calls = 0;
  const user = await overrideSettings(on, () => authenticate(null, credentials));
  return [user?.username ?? null, user?.backend ?? null, hasher.calls];
}

describe('EmailBackend', () => {
  it.each([
    ['Ada@Example.com', 'ada', 'EmailBackend', 1],
    ['ada@EXAMPLE.com', 'ada', 'EmailBackend', 1],
    ['ada', 'ada', 'ModelBackend', 1],
    ['at@home', 'at@home', 'ModelBackend', 2],
  ])('signs %j in', async (username, name, backend, hashes) => {
    expect(await signIn({ username, password: PASSWORD })).toEqual([name, backend, hashes]);
  });

  it('takes the credential email too', async () => {
    const credentials = { email: 'ada@example.com', password: PASSWORD };
    expect(await signIn(credentials)).toEqual(['ada', 'EmailBackend', 1]);
  });

  it.each([
    ['a wrong password', 'ada@example.com', 'wrong'],
    ['an unknown address', 'nobody@example.com', PASSWORD],
    ['an inactive user', 'gone@example.com', PASSWORD],
    ['an address of two users', 'twins@example.com', PASSWORD],
    ['an address with NUL', 'ada@example.com\0', PASSWORD],
    ['a look-alike that a database takes for it', 'mıke@example.org', PASSWORD],
    ['a pattern', '%@%', PASSWORD],
  ])('refuses %s with the same work', async (_what, username, password) => {
    expect(await signIn({ username, password })).toEqual([null, null, 2]);
  });

  it('is off by default', async () => {
    await overrideSettings(counting, async () => {
      const credentials = { username: 'Ada@Example.com', password: PASSWORD };
      expect(await authenticate(null, credentials)).toBeNull();
    });
  });

  it('keeps the person signed in', async () => {
    await overrideSettings(on, async () => {
      const credentials = { username: 'ada@example.com', password: PASSWORD };
      const user = await authenticate(null, credentials);
      if (!user) throw new Error('Not signed in');
      const request = await requestWith();
      await login(request, user);
      expect((await requestWith(await save(request))).user.equals(user)).toBe(true);
    });
  });
});
