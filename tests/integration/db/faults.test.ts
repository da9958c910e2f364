import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectDeletion } from '@/lib/contrib/admin/deletion/deletion';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { touchSession } from '@/lib/contrib/sessions/store';
import { db, transaction } from '@/lib/db/client';
import { databaseFault, unavailable } from '@/lib/db/faults';
import { fixesOf } from '@/lib/extras/why/may-fix';
import { makeStaff, makeSuperuser, screens, signIn } from '@/tests/support/admin/staff';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { lockWriting, refuseWriting, takeAway } from '@/tests/support/databases/broken-database';

beforeAll(freshDatabase);

let printed: string[] = [];
let mend: (() => Promise<void>) | null = null;

beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'error').mockImplementation((line) => printed.push(String(line)));
});

afterEach(async () => {
  await mend?.();
  mend = null;
  // The second in which a page tries no further write is over.
  vi.useRealTimers();
});

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** A person whose session was last seen long ago, and it. */
async function oldSession() {
  const user = await makeStaff();
  const { session } = await signIn(user);
  const id = session.id ?? 0;
  await db.session.update({ where: { id }, data: { lastSeen: LONG_AGO } });
  return { user, id, lastSeen: LONG_AGO };
}

/** An hour later, so that nothing is left of the pause after the last fault. */
function anHourLater(): Date {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  return new Date();
}

const write = () => transaction((tx) => tx.group.create({ data: { name: `x${Math.random()}` } }));
const seen = async (id: number) => (await db.session.findUniqueOrThrow({ where: { id } })).lastSeen;

describe('a database that refuses writing', () => {
  it('still lets a page be read whose session was last seen long ago', async () => {
    const old = await oldSession();
    mend = await refuseWriting();
    await touchSession(old, anHourLater());
    expect(await seen(old.id)).toEqual(LONG_AGO);
    await mend();
    mend = null;
    const now = anHourLater();
    await touchSession(old, now);
    expect(await seen(old.id)).toEqual(now);
  });

  it('is told once, without values, and a write is answered with 503 and the time to come back', async () => {
    mend = await refuseWriting();
    const errors = [await write().catch(String), await write().catch((error) => error)];
    const [, error] = errors;
    expect(databaseFault(error)).toBe('refuses');
    expect(unavailable(error)).toMatchObject({ status: 503, retryAfter: 30 });
    unavailable(error);
    expect(printed.filter((line) => line.startsWith('[db] A request'))).toHaveLength(1);
    expect(printed.join()).not.toContain('auth_group');
  });

  it('keeps a refusal that could not be stored on stderr, and keeps nobody waiting', async () => {
    const actor = await makeStaff();
    mend = await refuseWriting();
    anHourLater();
    await logSecurityEvent({ name: 'authz_fail', actor }, 'limited');
    expect(printed.at(-1)).toContain('"event":"authz_fail"');
  });

  it('answers what deleting would do and which fixes one may carry out', async () => {
    const [superuser, target] = [await makeSuperuser(), await makeStaff()];
    const fixes = [{ activates: false, grant: { kind: 'superuser' as const }, further: null }];
    mend = await refuseWriting();
    const deletion = await collectDeletion(screens('auth.user'), [target.id], superuser);
    expect([deletion.count, deletion.refusals]).toEqual([1, []]);
    expect(await fixesOf(superuser, target, { fixes, catalogue: [] })).toEqual(new Set(fixes));
  });
});

describe('a database that another writer has locked', () => {
  it('lets a page be read before a writer that waits has its turn', async () => {
    const old = await oldSession();
    const superuser = await makeSuperuser();
    mend = await lockWriting();
    const waiting = write().then(
      () => 'writer',
      () => 'writer',
    );
    const now = anHourLater();
    const page = (async () => {
      await touchSession(old, now);
      await logSecurityEvent({ name: 'authz_fail', actor: superuser }, 'limited');
      await collectDeletion(screens('auth.user'), [old.user.id], superuser);
      return 'page';
    })();
    expect(await Promise.race([waiting, page])).toBe('page');
    expect(await seen(old.id)).toEqual(LONG_AGO);
    await mend();
    mend = null;
    await waiting;
  });
});

describe('a database that is away', () => {
  it('is a fault of its own, and is used again as soon as it is back', async () => {
    await db.group.count();
    mend = await takeAway();
    const failed = await Promise.all([
      db.group.count().catch(databaseFault),
      db.$queryRaw`SELECT 1`.catch(databaseFault),
      write().catch(databaseFault),
    ]);
    expect(failed).toEqual(['away', 'away', 'away']);
    await mend();
    mend = null;
    expect(await db.group.count()).toBeGreaterThanOrEqual(0);
    await write();
  });

  it('is recognized where no server listens, and where no such host is known', async () => {
    if (testDatabase === 'sqlite') return;
    const url = process.env['DATABASE_URL'] ?? '';
    try {
      for (const host of ['127.0.0.1:1', 'nowhere.invalid:5432']) {
        const there = new URL(url);
        there.host = host;
        process.env['DATABASE_URL'] = there.href;
        expect(await db.group.count().catch(databaseFault)).toBe('away');
        expect(await write().catch(databaseFault)).toBe('away');
      }
    } finally {
      process.env['DATABASE_URL'] = url;
    }
  });

  it('is not made anew as an empty file where it was removed', async () => {
    if (testDatabase === 'postgresql') return;
    await db.group.create({ data: { name: 'kept' } });
    mend = await takeAway();
    await expect(db.group.count()).rejects.toThrow('no database file');
    await mend();
    mend = null;
    expect(await db.group.count({ where: { name: 'kept' } })).toBe(1);
  });

  it('is no fault that a wrong statement or a taken name is', async () => {
    await db.group.create({ data: { name: 'taken' } });
    const taken = await db.group.create({ data: { name: 'taken' } }).catch((error) => error);
    const wrong = await db.$queryRaw`SELECT nothing FROM nowhere`.catch((error) => error);
    expect([databaseFault(taken), databaseFault(wrong)]).toEqual([null, null]);
    expect(databaseFault(new Error('anything else'))).toBeNull();
  });
});
