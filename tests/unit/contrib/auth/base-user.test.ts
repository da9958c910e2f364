import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { normalizeEmail, normalizeUsername } from '@/lib/contrib/auth/base-user';
import { AnonymousUser, User } from '@/lib/contrib/auth/models';
import { userRow } from '@/tests/support/auth/user-row';

const ENCODED = 'pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM=';

describe('User', () => {
  it.each([
    ['JSON.stringify', (user: User) => JSON.stringify({ user, list: [user] })],
    ['util.inspect', (user: User) => inspect({ user }, { showHidden: true, depth: null })],
    ['console.log', (user: User) => inspect(user)],
    ['spreading', (user: User) => inspect({ ...user })],
    ['Object.assign', (user: User) => inspect(Object.assign({}, user))],
    ['structuredClone', (user: User) => inspect(structuredClone(user))],
    ['a template', (user: User) => `${user}`],
    [
      'for … in',
      (user: User) => {
        const seen: unknown[] = [];
        for (const name in user) seen.push(name, Reflect.get(user, name));
        return inspect(seen);
      },
    ],
    [
      'own names',
      (user: User) =>
        Reflect.ownKeys(user)
          .map((name) => Reflect.get(user, name))
          .join(),
    ],
  ])('keeps its password out of %s', (_how, show) => {
    const shown = show(new User(userRow({ password: ENCODED })));
    expect(shown).not.toContain('seasalt');
    expect(shown).not.toContain('mJQ8D8');
    expect(shown).not.toMatch(/password/i);
    expect(shown).toContain('ada');
  });

  it('does not keep the row that it was made from', () => {
    const row = userRow({ password: ENCODED });
    const user = new User(row);
    row.username = 'eve';
    expect(user.username).toBe('ada');
  });

  it('stores a password encoded and checks it', async () => {
    await overrideSettings({ BCRYPT_ROUNDS: 4 }, async () => {
      const user = new User(userRow());
      await user.setPassword('secret');
      expect(user.encodedPassword()).toMatch(/^bcrypt_sha256\$/);
      expect(await user.checkPassword('secret')).toBe(true);
      expect(await user.checkPassword('Secret')).toBe(false);
      await user.setUnusablePassword();
      expect(user.hasUsablePassword()).toBe(false);
      expect(await user.checkPassword('secret')).toBe(false);
    });
  });

  it('has a full and a short name', () => {
    expect(new User(userRow()).getFullName()).toBe('Ada Lovelace');
    expect(new User(userRow({ firstName: '' })).getFullName()).toBe('Lovelace');
    expect(new User(userRow()).getShortName()).toBe('Ada');
  });

  it('is its username as a text and as a natural key', () => {
    const user = new User(userRow());
    expect([String(user), user.getUsername(), user.naturalKey()]).toEqual(['ada', 'ada', ['ada']]);
  });

  it('equals another instance of the same row only', () => {
    const user = new User(userRow());
    expect(user.equals(new User(userRow({ username: 'other' })))).toBe(true);
    expect(user.equals(new User(userRow({ id: 2 })))).toBe(false);
    expect(user.equals(new AnonymousUser())).toBe(false);
  });
});

describe('getSessionAuthHash', () => {
  it('is what Django computes', async () => {
    await overrideSettings({ SECRET_KEY: 'test-secret-key' }, () => {
      expect(new User(userRow({ password: ENCODED })).getSessionAuthHash()).toBe(
        '5de3ff7d4fd989c22b7bee1304edad04ace134d73b79a1401f407d8120fcf78e',
      );
    });
  });

  it('changes with the password and with the secret', async () => {
    const user = new User(userRow({ password: ENCODED }));
    const before = user.getSessionAuthHash();
    await overrideSettings({ SECRET_KEY: 'another' }, () => {
      expect(user.getSessionAuthHash()).not.toBe(before);
    });
    await user.setUnusablePassword();
    expect(user.getSessionAuthHash()).not.toBe(before);
  });

  it('has one fallback per former secret, newest first', async () => {
    const user = new User(userRow({ password: ENCODED }));
    const hashUnder = (SECRET_KEY: string) =>
      overrideSettings({ SECRET_KEY }, () => user.getSessionAuthHash());
    const expected = [await hashUnder('newer'), await hashUnder('older')];
    await overrideSettings({ SECRET_KEY_FALLBACKS: ['newer', 'older'] }, () => {
      expect(user.getSessionAuthFallbackHashes()).toEqual(expected);
    });
  });
});

describe('AnonymousUser', () => {
  it('is nobody', () => {
    const { id, username, isAuthenticated, isAnonymous, isActive, isStaff, isSuperuser } =
      new AnonymousUser();
    expect({ id, username }).toEqual({ id: null, username: '' });
    expect({ isAuthenticated, isAnonymous }).toEqual({ isAuthenticated: false, isAnonymous: true });
    expect([isActive, isStaff, isSuperuser]).toEqual([false, false, false]);
    expect(String(new AnonymousUser())).toBe('AnonymousUser');
  });

  it('equals every other stranger', () => {
    expect(new AnonymousUser().equals(new AnonymousUser())).toBe(true);
    expect(new AnonymousUser().equals(new User(userRow()))).toBe(false);
  });

  it('cannot be saved, deleted, or given a password', () => {
    for (const name of ['save', 'delete', 'setPassword', 'checkPassword']) {
      expect(name in new AnonymousUser()).toBe(false);
    }
  });
});

describe('normalizeEmail', () => {
  it.each([
    [' A@B.COM ', 'A@b.com'],
    ['a@b@C.Com', 'a@b@c.com'],
    ['noat', 'noat'],
    [null, ''],
    ['', ''],
  ])('makes of %j %j', (email, expected) => {
    expect(normalizeEmail(email)).toBe(expected);
  });
});

describe('normalizeUsername', () => {
  it.each([
    ['ｊｏｅ', 'joe'],
    ['\u2126', '\u03a9'],
    ['Ⅷ', 'VIII'],
    ['JSmith', 'JSmith'],
  ])('makes of %j %j', (username, expected) => {
    expect(normalizeUsername(username)).toBe(expected);
  });
});
