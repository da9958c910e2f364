import { beforeAll, describe, expect, it } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';
import { clearExpired, touchSession } from '@/lib/contrib/sessions/store';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';

const client = { ipAddress: '192.0.2.1', userAgent: 'Tester' };
const SECOND = 1000;

beforeAll(freshDatabase);

async function saved(values: Record<string, string>): Promise<SessionSeal> {
  const session = new Session();
  for (const [name, value] of Object.entries(values)) session.set(name, value);
  return sealOf(await session.save(client));
}

function sealOf(change: SessionSeal | 'delete' | null): SessionSeal {
  if (change === null || change === 'delete') throw new Error(`No new cookie: ${change}`);
  return change;
}

async function load(seal: SessionSeal, now?: Date): Promise<Session> {
  const stored = await loadSession(seal, now);
  if (!stored) throw new Error('No such session');
  return stored.session;
}

describe('Session.save', () => {
  it('makes neither row nor cookie for a stranger who set nothing', async () => {
    const before = await db.session.count();
    expect(await new Session().save(client)).toBeNull();
    expect(await db.session.count()).toBe(before);
  });

  it('keeps values under a key that the row does not reveal', async () => {
    const seal = await saved({ cart: 'apples' });
    expect((await load(seal)).get('cart')).toBe('apples');
    const rows = JSON.stringify(await db.session.findMany());
    expect(rows).not.toContain(seal.key);
    expect(seal.key).toMatch(/^[a-z0-9]{32}$/);
  });

  it('keeps names that are properties of every object', async () => {
    const seal = await saved({ ['__proto__']: 'a', constructor: 'b' });
    const session = await load(seal);
    expect([session.get('__proto__'), session.get('constructor')]).toEqual(['a', 'b']);
    expect(session.get('toString')).toBeUndefined();
  });

  it('writes only what was changed, so that two requests do not undo each other', async () => {
    const seal = await saved({ a: '1', b: '1', c: '1' });
    const [first, second] = [await load(seal), await load(seal)];
    first.set('a', '2');
    second.set('b', '2');
    second.delete('c');
    expect(await Promise.all([first.save(client), second.save(client)])).toEqual([null, null]);
    const merged = await load(seal);
    expect([merged.get('a'), merged.get('b'), merged.has('c')]).toEqual(['2', '2', false]);
  });

  it('cycles the key and keeps the data; the old key is worth nothing', async () => {
    const old = await saved({ cart: 'apples' });
    const session = await load(old);
    session.cycleKey();
    const seal = sealOf(await session.save(client));
    expect(seal.key).not.toBe(old.key);
    expect(await loadSession(old)).toBeNull();
    expect((await load(seal)).get('cart')).toBe('apples');
  });

  it('flushes row, data and cookie', async () => {
    const seal = await saved({ cart: 'apples' });
    const session = await load(seal);
    session.flush();
    expect(session.isEmpty).toBe(true);
    expect(await session.save(client)).toBe('delete');
    expect(await loadSession(seal)).toBeNull();
  });

  it('begins anew when something is set after a flush', async () => {
    const old = await saved({ cart: 'apples' });
    const session = await load(old);
    session.flush();
    session.set('fresh', 'yes');
    const seal = sealOf(await session.save(client));
    const fresh = await load(seal);
    expect(fresh.keys()).toEqual(['fresh']);
    expect(await loadSession(old)).toBeNull();
  });

  it('never brings back a session that was ended meanwhile', async () => {
    for (const change of [(s: Session) => s.set('a', '2'), (s: Session) => s.cycleKey()]) {
      const seal = await saved({ a: '1' });
      const [here, elsewhere] = [await load(seal), await load(seal)];
      elsewhere.flush();
      await elsewhere.save(client);
      change(here);
      await expect(here.save(client)).rejects.toThrow(SuspiciousOperation);
      expect(await loadSession(seal)).toBeNull();
    }
  });

  it('sends a new cookie when its end is changed, and none when it is not', async () => {
    const seal = await saved({ a: '1' });
    const same = await load(seal);
    same.setExpiry(null);
    expect(await same.save(client)).toBeNull();
    const shorter = await load(seal);
    shorter.setExpiry(0);
    const changed = sealOf(await shorter.save(client));
    expect(changed.untilBrowserCloses).toBe(true);
    expect((await load(changed)).get('a')).toBe('1');
  });

  it('keeps its key where no cookie can be set, and writes what was changed', async () => {
    const seal = await saved({ a: '1' });
    const session = await load(seal);
    session.cycleKey();
    session.set('a', '2');
    expect(await session.save(client, { keepKey: true })).toBeNull();
    expect((await load(seal)).get('a')).toBe('2');
  });

  it('cuts an enormous user agent instead of failing', async () => {
    const session = new Session();
    session.set('a', '1');
    await session.save({ ...client, userAgent: 'x'.repeat(5000) });
    const row = await db.session.findUniqueOrThrow({ where: { id: session.id ?? 0 } });
    expect(row.userAgent).toHaveLength(255);
  });

  it('throws when a page tries to write', async () => {
    const session = (await load(await saved({ a: '1' }))).freeze();
    expect(() => session.set('a', '2')).toThrow(TypeError);
    expect(() => session.flush()).toThrow(TypeError);
    expect(session.get('a')).toBe('1');
  });
});

describe('loadSession', () => {
  it('finds nothing under a made-up key', async () => {
    const seal = await saved({ a: '1' });
    expect(await loadSession({ ...seal, key: 'x'.repeat(32) })).toBeNull();
  });

  it('ends a session at the idle limit', async () => {
    const seal = await saved({ a: '1' });
    const idleEnd = Date.now() + settings.SESSION_COOKIE_AGE * SECOND;
    expect(await loadSession(seal, new Date(idleEnd - 60 * SECOND))).not.toBeNull();
    expect(await loadSession(seal, new Date(idleEnd + SECOND))).toBeNull();
  });

  it('ends a session at the absolute limit, however often it was seen', async () => {
    const seal = await saved({ a: '1' });
    const absoluteEnd = Date.now() + settings.SESSION_ABSOLUTE_AGE * SECOND;
    await touchSession(await load(seal), new Date(absoluteEnd - SECOND));
    expect(await loadSession(seal, new Date(absoluteEnd - SECOND))).not.toBeNull();
    expect(await loadSession(seal, new Date(absoluteEnd + SECOND))).toBeNull();
  });
});

describe('touchSession', () => {
  it('pushes the idle limit on, at most once in the interval', async () => {
    const seal = await saved({ a: '1' });
    const { id, lastSeen } = await load(seal);
    const seen = async () => (await load(seal)).lastSeen?.getTime();
    const start = lastSeen?.getTime() ?? 0;
    await touchSession({ id, lastSeen }, new Date(start + 59 * SECOND));
    expect(await seen()).toBe(start);
    await touchSession({ id, lastSeen }, new Date(start + 61 * SECOND));
    expect(await seen()).toBe(start + 61 * SECOND);
    await touchSession({ id, lastSeen }, new Date(start + 62 * SECOND));
    expect(await seen()).toBe(start + 61 * SECOND);
  });
});

describe('clearExpired', () => {
  it('deletes what is past a limit and nothing else', async () => {
    await db.session.deleteMany();
    const living = await saved({ a: '1' });
    const dead = await load(await saved({ a: '1' }));
    const past = new Date(Date.now() - SECOND);
    await db.session.update({ where: { id: dead.id ?? 0 }, data: { expireDate: past } });
    const old = await load(await saved({ a: '1' }));
    const long = new Date(Date.now() - settings.SESSION_ABSOLUTE_AGE * SECOND);
    await db.session.update({ where: { id: old.id ?? 0 }, data: { created: long } });
    expect(await clearExpired()).toBe(2);
    expect(await loadSession(living)).not.toBeNull();
  });
});
