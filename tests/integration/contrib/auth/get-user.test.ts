import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { BACKEND_SESSION_KEY, getUser, HASH_SESSION_KEY, SESSION_KEY } from '@/lib/contrib/auth';
import { registerBackend } from '@/lib/contrib/auth/backends';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import {
  client,
  makeUser,
  PASSWORD,
  requestWith,
  save,
  signedIn,
  signIn,
} from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

const hasher = countingHasher();

beforeAll(() => registerHasher(hasher));
beforeAll(() => registerBackend({ name: 'Mute' }));
beforeAll(freshDatabase);

describe('getUser', () => {
  it('is the user of the session, for one statement with the session', async () => {
    const user = await makeUser();
    const seal = await signedIn(user);
    const statements = await statementsOf(async () => {
      expect((await requestWith(seal)).user.equals(user)).toBe(true);
    });
    expect(statements).toHaveLength(1);
  });

  it('reads the user itself when the request has not, or has read another', async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const stored = await loadSession(await signedIn(ada));
    if (!stored) throw new Error('No such session');
    expect((await getUser(stored.session)).equals(ada)).toBe(true);
    expect((await getUser(stored.session, eve)).equals(ada)).toBe(true);
  });

  it('is a stranger without an entry, and leaves the session alone', async () => {
    const session = new Session();
    session.set('cart', 'apples');
    expect((await getUser(session)).isAuthenticated).toBe(false);
    expect(session.get('cart')).toBe('apples');
  });

  it.each(['', 'abc', '1e1', '0', '-1', '99999999999', '１', '__proto__'])(
    'is a stranger for the id %j',
    async (id) => {
      const session = new Session();
      session.set(SESSION_KEY, id);
      session.set(BACKEND_SESSION_KEY, 'ModelBackend');
      session.set(HASH_SESSION_KEY, '0'.repeat(64));
      expect((await getUser(session)).isAuthenticated).toBe(false);
    },
  );

  it('is a stranger while the backend is not configured; the session stays', async () => {
    const seal = await signedIn(await makeUser());
    await overrideSettings({ AUTHENTICATION_BACKENDS: ['Mute'] }, async () => {
      const request = await requestWith(seal);
      expect(request.user.isAuthenticated).toBe(false);
      expect(request.session.modified).toBe(false);
    });
    expect((await requestWith(seal)).user.isAuthenticated).toBe(true);
  });

  it('is a stranger while the user is inactive, and the session is over for good', async () => {
    const user = await makeUser();
    const seal = await signedIn(user);
    await db.user.update({ where: { id: user.id }, data: { isActive: false } });
    const request = await requestWith(seal);
    expect(request.user.isAuthenticated).toBe(false);
    await request.session.save({ ipAddress: '', userAgent: '' });
    await db.user.update({ where: { id: user.id }, data: { isActive: true } });
    expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
    expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
  });

  it('lets an inactive user stay under a backend that says so', async () => {
    const user = await makeUser({ isActive: false });
    await overrideSettings({ AUTHENTICATION_BACKENDS: ['AllowAllUsersModelBackend'] }, async () => {
      expect(await signIn({ username: user.username, password: PASSWORD })).not.toBeNull();
      const request = await requestWith(await signedIn(user));
      expect(request.user.isAuthenticated).toBe(true);
      expect(await request.user.getAllPermissions()).toEqual(new Set());
    });
  });

  it('is a stranger when the user was deleted beside us', async () => {
    const user = await makeUser();
    const seal = await signedIn(user);
    await db.user.delete({ where: { id: user.id } });
    const request = await requestWith(seal);
    expect(request.user.isAuthenticated).toBe(false);
    expect(request.session.modified).toBe(false);
  });

  it('ends the session when the password was changed, by whoever', async () => {
    const user = await makeUser();
    const seal = await signedIn(user, { cart: 'apples' });
    await db.user.update({ where: { id: user.id }, data: { password: 'counting$1$other' } });
    const request = await requestWith(seal);
    expect(request.user.isAuthenticated).toBe(false);
    expect(request.session.isEmpty).toBe(true);
    expect(await request.session.save(client)).toBe('delete');
    expect(await loadSession(seal)).toBeNull();
  });

  it.each(['', '0'.repeat(64), null, 7, ['0']])(
    'ends the session with the hash %j',
    async (hash) => {
      const stored = await loadSession(await signedIn(await makeUser()));
      if (!stored?.user) throw new Error('No such session');
      stored.session.set(HASH_SESSION_KEY, hash);
      expect((await getUser(stored.session, stored.user)).isAuthenticated).toBe(false);
      expect(stored.session.isEmpty).toBe(true);
    },
  );

  it('accepts a hash made with a former secret, cycles the key and makes it anew', async () => {
    const user = await makeUser();
    const before = await signedIn(user, { cart: 'apples' });
    const former = settings.SECRET_KEY;
    const rotated = { SECRET_KEY: 'another-secret-0123456789-abcdefghijkl' };
    const fallbacks = { ...rotated, SECRET_KEY_FALLBACKS: ['unrelated', former] };
    const after = await overrideSettings(fallbacks, async () => {
      const request = await requestWith(before);
      expect(request.user.equals(user)).toBe(true);
      return save(request);
    });
    expect(after.key).not.toBe(before.key);
    expect(await loadSession(before)).toBeNull();
    await overrideSettings(rotated, async () => {
      const request = await requestWith(after);
      expect(request.user.equals(user)).toBe(true);
      expect(request.session.get('cart')).toBe('apples');
      expect(request.session.modified).toBe(false);
    });
  });

  it('ends the session when the secret was changed without a fallback', async () => {
    const seal = await signedIn(await makeUser());
    await overrideSettings({ SECRET_KEY: 'another-secret-0123456789-abcdefghijkl' }, async () => {
      expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
    });
  });
});
