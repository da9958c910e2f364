import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuthRequest } from '@/lib/contrib/auth';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { sha256Hex } from '@/lib/core/crypto';
import { db } from '@/lib/db/client';
import { endOwnOtherSessions, endOwnSession } from '@/lib/extras/devices/end-sessions';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { client, makeUser, requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

beforeEach(async () => {
  await db.securityLogEntry.deleteMany();
});

/** A signed-in person's request, and the seals of as many other sessions of theirs. */
async function personWith(others: number) {
  const user = await makeUser();
  const own = await signedIn(user);
  const seals: SessionSeal[] = [];
  for (let i = 0; i < others; i += 1) seals.push(await signedIn(user));
  const request: AuthRequest & { user: User } = { ...(await requestWith(own)), user };
  await db.securityLogEntry.deleteMany();
  return { user, own, seals, request: { ...request, ...client } };
}

async function idOf({ key }: SessionSeal): Promise<string> {
  const row = await db.session.findUniqueOrThrow({ where: { sessionKey: sha256Hex(key) } });
  return String(row.id);
}

function sessionsOf(user: User): Promise<number> {
  return db.session.count({ where: { userId: user.id } });
}

/** What `work` rejects with while the log takes nothing. */
async function withoutLog(work: () => Promise<unknown>): Promise<unknown> {
  await db.$executeRawUnsafe('ALTER TABLE auth_security_log RENAME TO gone');
  try {
    return await work().catch((error: unknown) => error);
  } finally {
    await db.$executeRawUnsafe('ALTER TABLE gone RENAME TO auth_security_log');
  }
}

describe('endOwnSession', () => {
  it('leaves in the log who ended which session from where', async () => {
    const { user, own, seals, request } = await personWith(1);
    const [other] = seals as [SessionSeal];
    expect(await endOwnSession(request, await idOf(other))).toBe(true);
    const [entry, ...rest] = await db.securityLogEntry.findMany();
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({
      event: 'session_expired',
      actorId: user.id,
      sessionKey: sha256Hex(own.key),
      ...client,
    });
    const ended = sha256Hex(other.key);
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ reason: 'ended by its owner', ended });
  });

  it('says and does nothing about somebody else’s', async () => {
    const [{ request }, other] = [await personWith(0), await personWith(0)];
    expect(await endOwnSession(request, await idOf(other.own))).toBe(false);
    expect(await sessionsOf(other.user)).toBe(1);
    expect(await db.securityLogEntry.count()).toBe(0);
  });

  it('ends nothing that it could not note', async () => {
    const { user, seals, request } = await personWith(1);
    const id = await idOf((seals as [SessionSeal])[0]);
    expect(await withoutLog(() => endOwnSession(request, id))).toBeInstanceOf(Error);
    expect(await sessionsOf(user)).toBe(2);
  });
});

describe('endOwnOtherSessions', () => {
  it('leaves one entry with their number, and none for none', async () => {
    const { user, request } = await personWith(3);
    expect(await endOwnOtherSessions(request)).toBe(3);
    expect(await endOwnOtherSessions(request)).toBe(0);
    const [entry, ...rest] = await db.securityLogEntry.findMany();
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ event: 'session_expired', actorId: user.id });
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ sessionsEnded: 3 });
  });

  it('ends nothing that it could not note', async () => {
    const { user, request } = await personWith(2);
    expect(await withoutLog(() => endOwnOtherSessions(request))).toBeInstanceOf(Error);
    expect(await sessionsOf(user)).toBe(3);
  });
});
