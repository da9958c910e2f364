import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import {
  type AuthRequest,
  BACKEND_SESSION_KEY,
  getUser,
  HASH_SESSION_KEY,
  login,
  logout,
  SESSION_KEY,
  updateSessionAuthHash,
} from '@/lib/contrib/auth';
import { registerBackend } from '@/lib/contrib/auth/backends';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { userLoggedIn, userLoggedOut } from '@/lib/contrib/auth/signals';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import {
  client,
  counting,
  makeUser,
  requestWith,
  save,
  signedIn,
} from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { expectNewKey } from './new-key';

const hasher = countingHasher();

beforeAll(() => registerHasher(hasher));
beforeAll(() => registerBackend({ name: 'Mute' }));
beforeAll(freshDatabase);

describe('login', () => {
  it('writes who, by which backend, and the hash of the password, and says so', async () => {
    const user = await makeUser();
    const request = await requestWith();
    const heard: unknown[] = [];
    const disconnect = userLoggedIn.connect(({ request: { session }, user: who }) => {
      heard.push([who, session.get(SESSION_KEY)]);
    });
    await login(request, user);
    disconnect();
    expect(heard).toEqual([[user, String(user.id)]]);
    expect(request.user).toBe(user);
    expect(request.session.userId).toBe(user.id);
    expect(request.session.get(BACKEND_SESSION_KEY)).toBe('ModelBackend');
    expect(request.session.get(HASH_SESSION_KEY)).toBe(user.getSessionAuthHash());
    expect(request.session.get(HASH_SESSION_KEY)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('notes the time in last_login and touches nothing else', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { firstName: 'Changed' } });
    const before = Date.now();
    await login(await requestWith(), user);
    const fresh = await reload(user);
    expect(fresh.lastLogin?.getTime()).toBeGreaterThanOrEqual(before);
    expect(fresh.firstName).toBe('Changed');
    const again = await requestWith(await signedIn(user));
    const { lastLogin } = await reload(user);
    await getUser(again.session);
    expect((await reload(user)).lastLogin).toEqual(lastLogin);
  });

  it("keeps a stranger's data under a new key", async () => {
    const stranger = await requestWith();
    stranger.session.set('cart', 'apples');
    const before = await save(stranger);
    const request = await requestWith(before);
    await login(request, await makeUser());
    const after = await save(request);
    expect(after.key).not.toBe(before.key);
    expect(await loadSession(before)).toBeNull();
    expect((await loadSession(after))?.session.get('cart')).toBe('apples');
  });

  it("ends somebody else's session first", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const before = await signedIn(ada, { cart: 'apples' });
    const request = await requestWith(before);
    await login(request, eve);
    const after = await save(request);
    expect(await loadSession(before)).toBeNull();
    const next = await requestWith(after);
    expect(next.session.has('cart')).toBe(false);
    expect(next.user.equals(eve)).toBe(true);
  });

  it('keeps the data of the same user under a new key, and the old cookie is dead', async () => {
    const user = await makeUser();
    const before = await signedIn(user, { cart: 'apples' });
    const request = await requestWith(before);
    await login(request, user);
    await expectNewKey(user, before, await save(request));
  });

  it.each(['differs', 'is missing'])(
    'ends the session of the same user if the hash %s',
    async (how) => {
      const user = await makeUser();
      const before = await signedIn(user, { cart: 'apples' });
      const stored = await loadSession(before);
      if (!stored) throw new Error('No such session');
      const request: AuthRequest = { session: stored.session, user: new AnonymousUser() };
      if (how === 'differs') request.session.set(HASH_SESSION_KEY, '0'.repeat(64));
      else request.session.delete(HASH_SESSION_KEY);
      await login(request, user);
      const after = await save(request);
      expect(await loadSession(before)).toBeNull();
      expect((await loadSession(after))?.session.has('cart')).toBe(false);
    },
  );

  it('believes its argument, then the user, then the only backend', async () => {
    const user = await makeUser();
    const AUTHENTICATION_BACKENDS = ['ModelBackend', 'Mute'];
    const backendAfter = async (options?: { backend: string }) => {
      const request = await requestWith();
      await login(request, user, options);
      return request.session.get(BACKEND_SESSION_KEY);
    };
    await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
      await expect(backendAfter()).rejects.toThrow(TypeError);
      user.backend = 'Mute';
      expect(await backendAfter()).toBe('Mute');
      expect(await backendAfter({ backend: 'Elsewhere' })).toBe('Elsewhere');
    });
    user.backend = null;
    expect(await backendAfter()).toBe('ModelBackend');
  });

  it('leaves the session alone when it does not know the backend', async () => {
    const request = await requestWith();
    await overrideSettings({ AUTHENTICATION_BACKENDS: ['ModelBackend', 'Mute'] }, async () => {
      await expect(login(request, await makeUser())).rejects.toThrow(TypeError);
    });
    expect(request.session.modified).toBe(false);
    expect(request.user.isAuthenticated).toBe(false);
  });

  it('trusts its caller about an inactive user, who is a stranger at the next request', async () => {
    const seal = await signedIn(await makeUser({ isActive: false }));
    expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
  });
});

describe('logout', () => {
  it('tells of it while the session stands, then ends everything', async () => {
    const user = await makeUser();
    const seal = await signedIn(user, { cart: 'apples' });
    const request = await requestWith(seal);
    const heard: unknown[] = [];
    const disconnect = userLoggedOut.connect(({ request: { session }, user: who }) => {
      heard.push([who?.id, session.get('cart')]);
    });
    await logout(request);
    disconnect();
    expect(heard).toEqual([[user.id, 'apples']]);
    expect(request.user.isAuthenticated).toBe(false);
    expect(request.session.isEmpty).toBe(true);
    expect(await request.session.save(client)).toBe('delete');
    expect(await loadSession(seal)).toBeNull();
  });

  it('is harmless for a stranger, and told of with no user', async () => {
    const heard: unknown[] = [];
    const disconnect = userLoggedOut.connect(({ user }) => void heard.push(user));
    const request = await requestWith();
    await logout(request);
    disconnect();
    expect(heard).toEqual([null]);
    expect(await request.session.save(client)).toBeNull();
  });
});

describe('updateSessionAuthHash', () => {
  it('keeps this session under a new key and ends the other ones', async () => {
    const user = await makeUser();
    const [here, elsewhere] = [await signedIn(user, { cart: 'apples' }), await signedIn(user)];
    const request = await requestWith(here);
    const changed = await reload(user);
    await overrideSettings(counting, () => changed.setPassword('a new one'));
    await changed.save(['password']);
    updateSessionAuthHash(request, changed);
    const after = await save(request);
    expect(after.key).not.toBe(here.key);
    const next = await requestWith(after);
    expect(next.user.equals(user)).toBe(true);
    expect(next.session.get('cart')).toBe('apples');
    for (const seal of [here, elsewhere]) {
      expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
    }
  });

  it("leaves the hash of an administrator's session alone when somebody else's changed", async () => {
    const [admin, other] = [await makeUser(), await makeUser({ password: 'another' })];
    const request = await requestWith(await signedIn(admin));
    updateSessionAuthHash(request, other);
    expect(request.session.get(HASH_SESSION_KEY)).toBe(admin.getSessionAuthHash());
    expect((await requestWith(await save(request))).user.equals(admin)).toBe(true);
  });

  it('is missed: without it a new password signs this session out too', async () => {
    const user = await makeUser();
    const seal = await signedIn(user);
    await overrideSettings(counting, () => user.setPassword('a new one'));
    await user.save(['password']);
    expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
  });
});
