import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { getUser } from '@/lib/contrib/auth';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { sha256Hex } from '@/lib/core/crypto';
import { db } from '@/lib/db/client';
import { count, describeWithDjango } from '@/tests/oracle/oracle';
import { run } from '@/tests/support/run-command';
import { CLIENT, OneSession } from './one-session';

const SALT = 'django.contrib.sessions.SessionStore';

describeWithDjango('what a session that both share holds', () => {
  const world = new OneSession();

  it('loses nothing of ours in 50 writes by turns, nor what Django wrote of its own', async () => {
    const { key } = await world.beginHere();
    const before = authMethods((await world.sessionOf(key)).session);
    expect(before).toHaveLength(1);
    const odd = { big: 2 ** 53 + 2, exact: '12345678901234567890', float: 1.0, text: 'é\u0000"\\' };
    await world.ask('session_set', { session: key, values: odd });
    for (let turn = 0; turn < 25; turn += 1) {
      // Django has read the session before we write, and writes all that it has read after that.
      await world.ask('session_open', { session: key });
      const { session } = await world.sessionOf(key);
      session.set(`ours${turn}`, turn);
      session.set('_auth_methods', [...before, { method: 'totp', at: turn }]);
      await session.save(CLIENT);
      await world.ask('session_close', { session: key, values: { [`theirs${turn}`]: turn } });
    }
    const { session } = await world.sessionOf(key);
    for (let turn = 0; turn < 25; turn += 1) {
      expect([session.get(`ours${turn}`), session.get(`theirs${turn}`)]).toEqual([turn, turn]);
    }
    expect(authMethods(session)).toEqual([...before, { method: 'totp', at: 24 }]);
    const items = await world.ask<object>('session_items', { session: key });
    expect(items).toMatchObject({ ...odd, theirs24: 24 });
    expect(Object.keys(items).filter((name) => name.startsWith('ours'))).toEqual([]);
    expect(await world.signedInAt(key)).toBe('both');
    count(50);
  });

  it('loses nothing of either when both write at once', async () => {
    const { key } = await world.beginHere();
    await world.ask('session_set', { session: key, values: { shared: 0 } });
    const writes = Array.from({ length: 20 }, async (_, turn) => {
      const { session } = await world.sessionOf(key);
      session.set(`ours${turn}`, turn);
      await session.save(CLIENT);
    });
    const theirs = Array.from({ length: 20 }, (_, turn) =>
      world.ask('session_set', { session: key, values: { [`theirs${turn}`]: turn } }),
    );
    await Promise.all([...writes, ...theirs]);
    const { session } = await world.sessionOf(key);
    const names = Array.from({ length: 20 }, (_, turn) => [`ours${turn}`, `theirs${turn}`]).flat();
    expect(names.filter((name) => !session.has(name))).toEqual([]);
  });

  it('keeps to the letter what JavaScript has no value for, and lets Django read what is shared', async () => {
    const { key } = await world.beginHere();
    const values = { huge: 0, not: 0, cart: 1 };
    await world.ask('session_set', { session: key, values });
    await world.ask('session_set_odd', { session: key });
    await overrideSettings({ SESSION_SHARED_NAMES: ['basket'] }, async () => {
      const { session } = await world.sessionOf(key);
      expect([session.get('cart'), session.has('not')]).toEqual([1, false]);
      session.set('cart', 2);
      session.set('basket', { apples: 3 });
      await session.save(CLIENT);
    });
    expect(await world.ask('odd_items', { session: key })).toEqual([
      '12345678901234567891234567890',
      'nan',
      '1.0',
    ]);
    const items = await world.ask('session_items_json', { session: key });
    expect(items).toMatchObject({ cart: 2, basket: { apples: 3 } });
    const { session } = await world.sessionOf(key);
    expect([session.get('cart'), session.get('basket')]).toEqual([2, { apples: 3 }]);
    session.delete('cart');
    await session.save(CLIENT);
    expect(await world.ask('session_items_json', { session: key })).not.toHaveProperty('cart');
  });

  it('lasts as long as Django says', async () => {
    const session = await world.beginThere();
    await world.askHere(session);
    await world.ask('set_expiry', { session, value: 300 });
    await db.session.updateMany({ data: { lastSeen: new Date(Date.now() - 100_000) } });
    await world.askHere(session);
    const { age, withBrowser } = await world.ask<{ age: number; withBrowser: boolean }>(
      'expiry_of',
      { session },
    );
    expect([age, withBrowser]).toEqual([300, false]);
    const browserLong = await world.beginHere();
    expect(await world.ask('expiry_of', { session: browserLong.key })).toMatchObject({
      age: settings.SESSION_COOKIE_AGE,
    });
    const { session: changed } = await world.sessionOf(session);
    changed.setExpiry(0);
    const news = await changed.save(CLIENT);
    const next = news && news !== 'delete' ? news.key : '';
    expect(await world.ask('expiry_of', { session: next })).toMatchObject({ withBrowser: true });
  });

  it('is opened by a former secret, and written by the one in force', async () => {
    const key = await world.beginThere();
    const FORMER = settings.SECRET_KEY;
    const rotated = { SECRET_KEY: 'x'.repeat(20) + FORMER, SECRET_KEY_FALLBACKS: [FORMER] };
    await overrideSettings(rotated, async () => {
      const stored = await world.sessionOf(key);
      expect((await getUser(stored.session, stored.user ?? undefined)).isAuthenticated).toBe(true);
      await stored.session.save(CLIENT);
    });
    await overrideSettings({ ...rotated, SECRET_KEY_FALLBACKS: [] }, async () => {
      expect((await world.askHere(key)).ran).toBe(false);
    });
  });

  it('is cleared by either, and what Django has ended is forgotten here', async () => {
    const [over, signedOut, living] = [
      await world.beginThere(),
      await world.beginThere(),
      await world.beginThere(),
    ];
    for (const key of [over, signedOut, living]) await world.askHere(key);
    await world.ask('sign_out', { session: signedOut });
    await db.$executeRaw`
      UPDATE django_session SET expire_date = ${new Date(0)} WHERE session_key = ${over}`;
    await run(clearsessions, []);
    const hashes = [over, signedOut, living].map(sha256Hex);
    const left = await db.session.findMany({ where: { sessionKey: { in: hashes } } });
    expect(left.map(({ djangoKey }) => djangoKey)).toEqual([living]);
    const where = { sessionKey: sha256Hex(living) };
    await db.session.updateMany({ where, data: { created: new Date(0) } });
    await run(clearsessions, []);
    expect(await world.signedInAt(living)).toBe('none');
  });

  describe('what Django or somebody else has put into a row', () => {
    const signed = (data: object, salt = SALT, further: object = {}) =>
      world.ask<string>('signed', { data, salt, ...further });
    const DATA = { _auth_user_id: '1', cart: 'x'.repeat(200) };
    const cases: Record<string, () => Promise<string>> = {
      nothing: async () => '',
      'no signature': async () => Buffer.from('{}').toString('base64url'),
      'one other byte': async () => (await signed(DATA)).replace(/^(.{9})./, '$1_'),
      'a cut text': async () => (await signed(DATA)).slice(0, -1),
      'another salt': () => signed(DATA, 'django.core.signing'),
      'another secret': () => signed(DATA, SALT, { key: 'another-secret-0123456789' }),
      'a pickle': () => signed(DATA, SALT, { serializer: 'PickleSerializer' }),
      'no object': () => signed([1, 2]),
      'a zip bomb': () => signed({ ...DATA, bomb: '0'.repeat(16 * 1024 * 1024) }),
      'more than is read': async () => (await signed(DATA)) + 'A'.repeat(2 * 1024 * 1024),
    };

    it.each(Object.keys(cases))('%s is a stranger, who may sign in', async (name) => {
      const key = await world.beginThere();
      expect((await world.askHere(key)).ran).toBe(true);
      const data = (await cases[name]?.()) ?? '';
      await db.$executeRaw`
        UPDATE django_session SET session_data = ${data} WHERE session_key = ${key}`;
      const { ran, status, location } = await world.askHere(key);
      expect([ran, status, location?.startsWith('/accounts/login/')]).toEqual([false, 307, true]);
      const again = await world.beginHere(`sessionid=${key}`);
      expect(await world.signedInAt(again.key)).toBe('both');
      count(1);
    });
  });
});
