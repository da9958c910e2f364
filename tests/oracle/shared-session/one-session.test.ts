import { expect, it } from 'vitest';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { passwordChangeAction } from '@/app/(auth)/accounts/password_change/actions';
import { db } from '@/lib/db/client';
import { endOtherSessions, listSessions } from '@/lib/extras/devices/devices';
import { browser } from '@/tests/boundary/browser';
import { describeWithDjango } from '@/tests/oracle/oracle';
import { statementsOf } from '@/tests/support/statements';
import { form, keyIn, OneSession, PASSWORD } from './one-session';

const ANOTHER = 'another horse 43';

describeWithDjango('one session for both', () => {
  const world = new OneSession();

  it('is begun at either, and is one at both', async () => {
    expect(await world.signedInAt(await world.beginThere())).toBe('both');
    const { key, sent } = await world.beginHere();
    expect(key).toMatch(/^[a-z0-9]{32}$/);
    expect(sent.headers.get('set-cookie')).toMatch(
      /sessionid=\w+; Path=\/; HttpOnly; SameSite=Lax/,
    );
    expect(await world.signedInAt(key)).toBe('both');
  });

  it('costs one statement, also where it began at Django, once it has been seen', async () => {
    for (const key of [await world.beginThere(), (await world.beginHere()).key]) {
      await world.askHere(key);
      expect(await statementsOf(() => world.askHere(key))).toHaveLength(1);
    }
  });

  it('ends at both when somebody signs out here', async () => {
    for (const key of [await world.beginThere(), (await world.beginHere()).key]) {
      const jar = browser(`sessionid=${key}`);
      await jar.send(() => logoutAction(new FormData()));
      expect([await world.signedInAt(key), keyIn(jar)]).toEqual(['none', '']);
    }
  });

  it('ends at both when somebody signs out at Django', async () => {
    for (const session of [await world.beginThere(), (await world.beginHere()).key]) {
      expect((await world.askHere(session)).ran).toBe(true);
      await world.ask('sign_out', { session });
      expect(await world.signedInAt(session)).toBe('none');
    }
  });

  it.each(['here', 'there'])('ends at both when its user is deactivated %s', async (where) => {
    const keys = [await world.beginThere(), (await world.beginHere()).key];
    const { username } = world.ada;
    if (where === 'here') await db.user.update({ where: { username }, data: { isActive: false } });
    else await world.ask('change_user', { username, changes: { is_active: false } });
    for (const key of keys) expect(await world.signedInAt(key)).toBe('none');
  });

  it('ends at both, but for the one that asks, when the password is changed here', async () => {
    const [other, unseen] = [(await world.beginHere()).key, await world.beginThere()];
    const { jar, key } = await world.beginHere();
    const passwords = { old_password: PASSWORD, new_password1: ANOTHER, new_password2: ANOTHER };
    const { location } = await jar.send(() => passwordChangeAction(form(passwords)));
    expect(location).toContain('done');
    for (const former of [other, unseen, key]) expect(await world.signedInAt(former)).toBe('none');
    expect(await world.signedInAt(keyIn(jar))).toBe('both');
  });

  it('ends at both, but for the one that asks, when the password is changed at Django', async () => {
    const [other, own] = [await world.beginHere(), await world.beginHere()];
    const password = { session: own.key, password: ANOTHER };
    const next = await world.ask<string>('change_own_password', password);
    for (const former of [other.key, own.key]) expect(await world.signedInAt(former)).toBe('none');
    expect(await world.signedInAt(next)).toBe('both');
  });

  it('has another key and another token for forms after a sign-in here', async () => {
    const guest = await world.ask<string>('begin_guest', { values: { _csrftoken: 'x', cart: 3 } });
    const cookie = `sessionid=${guest}; csrftoken=known`;
    const { key, jar, sent } = await world.beginHere(cookie);
    expect(key).not.toBe(guest);
    expect(await world.ask('session_items', { session: guest })).toEqual({});
    const items = await world.ask<object>('session_items', { session: key });
    expect(items).toMatchObject({ cart: 3, _auth_user_hash: expect.any(String) });
    expect(items).not.toHaveProperty('_csrftoken');
    expect(jar.cookies()).not.toContain('csrftoken');
    expect(sent.headers.get('set-cookie')).toContain('csrftoken=; Path=/; Max-Age=0');
  });

  it('shows in the list of devices, wherever it began, and is ended from there', async () => {
    const unseen = await world.beginThere();
    const { key } = await world.beginHere();
    const ended = await world.beginThere();
    await world.askHere(ended);
    await world.ask('sign_out', { session: ended });
    const { session } = await world.sessionOf(key);
    const { user } = await world.askHere(key).then(() => world.sessionOf(key));
    const asked = { userId: user?.id ?? 0, authHashes: [user?.getSessionAuthHash() ?? ''] };
    const { devices } = await listSessions(asked, session.id);
    expect(devices.map(({ isCurrent, userAgent }) => [isCurrent, userAgent])).toEqual([
      [true, 'Tester'],
      [false, ''],
    ]);
    await world.askHere(unseen);
    const later = await world.beginThere();
    expect(await endOtherSessions(asked.userId, session.id)).toBe(2);
    for (const other of [unseen, later]) expect(await world.signedInAt(other)).toBe('none');
    expect(await world.signedInAt(key)).toBe('both');
  });
});
