import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { login } from '@/lib/contrib/auth';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { endOtherSessions, endSession, listSessions } from '@/lib/extras/devices/devices';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const MINUTE = 60_000;
let made = 0;

async function makeUser(): Promise<User> {
  made += 1;
  return users.createUser({ username: `devices${made}` });
}

/** The id of a new session of the user, seen so many minutes ago. */
async function signIn(user: User, minutesAgo = 0, userAgent = 'Tester'): Promise<number> {
  const session = new Session();
  await login({ session, user: new AnonymousUser(), ipAddress: '192.0.2.1', userAgent }, user);
  const id = session.id ?? 0;
  const lastSeen = new Date(Date.now() - minutesAgo * MINUTE);
  await db.session.update({ where: { id }, data: { lastSeen } });
  return id;
}

function list(user: User, currentId: number | null, now?: Date) {
  const authHashes = [user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()];
  return listSessions({ userId: user.id, authHashes }, currentId, now);
}

async function idsOf(user: User, currentId: number | null, now?: Date): Promise<number[]> {
  return (await list(user, currentId, now)).devices.map(({ id }) => id);
}

describe('listSessions', () => {
  it('gives this one first, then the others by when they were last seen', async () => {
    const user = await makeUser();
    const [old, current, recent] = [
      await signIn(user, 300),
      await signIn(user, 200),
      await signIn(user, 1, 'Firefox/1'),
    ];
    await signIn(await makeUser());
    const { devices, count } = await list(user, current);
    expect(devices.map(({ id }) => id)).toEqual([current, recent, old]);
    expect(devices.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
    expect(devices[1]).toMatchObject({ ipAddress: '192.0.2.1', userAgent: 'Firefox/1' });
    expect(count).toBe(3);
    expect(Object.keys(devices[0] ?? {})).not.toContain('sessionData');
  });

  it('leaves out what is past a limit', async () => {
    const user = await makeUser();
    const id = await signIn(user);
    const later = (seconds: number) => new Date(Date.now() + seconds * 1000);
    expect(await idsOf(user, null, later(settings.SESSION_COOKIE_AGE - 60))).toEqual([id]);
    expect(await idsOf(user, null, later(settings.SESSION_COOKIE_AGE + 60))).toEqual([]);
    await db.session.update({ where: { id }, data: { expireDate: later(1e8) } });
    expect(await idsOf(user, null, later(settings.SESSION_ABSOLUTE_AGE + 60))).toEqual([]);
  });

  it('leaves out what a changed password has ended, and keeps it over a rotated secret', async () => {
    const user = await makeUser();
    const id = await signIn(user);
    const rotated = {
      SECRET_KEY: 'another-secret-0123456789-abcdefghijkl',
      SECRET_KEY_FALLBACKS: [settings.SECRET_KEY],
    };
    await overrideSettings(rotated, async () => expect(await idsOf(user, null)).toEqual([id]));
    await user.setPassword('changed');
    expect(await idsOf(user, null)).toEqual([]);
  });
});

describe('endSession', () => {
  it('ends one of the user’s own, in one statement', async () => {
    const user = await makeUser();
    const [kept, ended] = [await signIn(user), await signIn(user)];
    const statements = await statementsOf(async () => {
      expect(await endSession(user.id, String(ended))).toMatch(/^[0-9a-f]{64}$/);
    });
    expect(statements).toHaveLength(1);
    expect(await idsOf(user, null)).toEqual([kept]);
    expect(await endSession(user.id, String(ended))).toBeNull();
  });

  it('ends nobody else’s, and takes no id that is none', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const theirs = await signIn(other);
    for (const id of [String(theirs), '0', '01', '1.5', 'x', '99999999999', '', null, undefined]) {
      expect(await endSession(user.id, id)).toBeNull();
    }
    expect(await idsOf(other, null)).toEqual([theirs]);
  });
});

describe('endOtherSessions', () => {
  it('ends all of the user’s but this one, in one statement', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const [current, theirs] = [await signIn(user), await signIn(other)];
    for (let i = 0; i < 3; i += 1) await signIn(user);
    const statements = await statementsOf(async () => {
      expect(await endOtherSessions(user.id, current)).toBe(3);
    });
    expect(statements).toHaveLength(1);
    expect(await idsOf(user, current)).toEqual([current]);
    expect(await idsOf(other, null)).toEqual([theirs]);
    expect(await endOtherSessions(user.id, current)).toBe(0);
  });
});

describe('clearsessions', () => {
  it('deletes what is over and what belongs to nobody any more, silently', async () => {
    await db.session.deleteMany();
    const [user, gone] = [await makeUser(), await makeUser()];
    const living = await signIn(user);
    const idle = await signIn(user);
    const past = new Date(Date.now() - MINUTE);
    await db.session.update({ where: { id: idle }, data: { expireDate: past } });
    await signIn(gone);
    await db.user.delete({ where: { id: gone.id } });
    const stranger = new Session();
    stranger.set('cart', 'apples');
    await stranger.save({ ipAddress: '', userAgent: '' });
    expect(await run(clearsessions, [])).toMatchObject({ status: 0, out: [], err: [] });
    const left = await db.session.findMany({ orderBy: { id: 'asc' } });
    expect(left.map(({ id }) => id)).toEqual([living, stranger.id]);
    expect((await run(clearsessions, ['--all'])).status).toBe(2);
  });

  it('deletes those of inactive people, unless a backend may let them in', async () => {
    const [asleep, awake] = [await makeUser(), await makeUser()];
    for (const user of [asleep, awake]) await signIn(user);
    await db.user.update({ where: { id: asleep.id }, data: { isActive: false } });
    const left = () => db.session.count({ where: { userId: { in: [asleep.id, awake.id] } } });
    const backends = ['ModelBackend', 'AllowAllUsersModelBackend'];
    await overrideSettings({ AUTHENTICATION_BACKENDS: backends }, () => run(clearsessions, []));
    expect(await left()).toBe(2);
    await run(clearsessions, []);
    expect(await left()).toBe(1);
  });
});
