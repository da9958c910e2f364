import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { closeDb, databaseProvider, db, transaction } from '@/lib/db/client';
import { emptyDatabase, freshDatabase, testDatabase } from '@/tests/support/database';
import { repositoryRoot } from '@/tests/support/sources';

beforeAll(freshDatabase);

const onSqlite = testDatabase === 'sqlite';

function person(username: string) {
  return {
    username,
    password: 'secret-hash',
    firstName: '',
    lastName: '',
    email: '',
    isActive: true,
    isStaff: false,
    isSuperuser: false,
    dateJoined: new Date(),
  };
}

async function withLockHeldElsewhere(milliseconds: number, body: () => Promise<void>) {
  const script = path.join(repositoryRoot, 'tests/support/databases/hold-write-lock.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, String(milliseconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  await body();
  expect(await ended).toEqual([0, null]);
}

async function statementsOf(body: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const listen = (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'sql' in message) {
      seen.push(String(message.sql));
    }
  };
  subscribe('gatehouse:db:statement', listen);
  await body();
  unsubscribe('gatehouse:db:statement', listen);
  return seen;
}

describe('db', () => {
  it('is the client of the database that DATABASE_URL names', async () => {
    expect(databaseProvider()).toBe(testDatabase);
    await overrideSettings({ DATABASE_URL: 'mysql://localhost/x' }, () => {
      expect(() => databaseProvider()).toThrow('DATABASE_URL must be');
      expect(() => db.user).toThrow('DATABASE_URL must be');
    });
  });

  it('gives user rows without their password unless it is asked for', async () => {
    const user = await db.user.create({ data: person('without') });
    expect(user).not.toHaveProperty('password');
    const asked = await db.user.findUnique({ where: { id: user.id }, omit: { password: false } });
    expect(asked?.password).toBe('secret-hash');
  });

  if (onSqlite) {
    it('never waits for another writer inside the driver, where the whole process would wait', async () => {
      await db.user.count();
      expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 0 }]);
    });
  }

  it('gives raw rows as booleans and dates on both databases', async () => {
    const user = await db.user.create({ data: person('raw') });
    const rows = await db.$queryRaw`
      SELECT id, is_active, is_staff, last_login, date_joined FROM auth_user
      WHERE username = ${'raw'} AND is_active = ${true}`;
    expect(rows).toEqual([
      {
        id: user.id,
        is_active: true,
        is_staff: false,
        last_login: null,
        date_joined: user.dateJoined,
      },
    ]);
  });

  it('publishes each statement without its values', async () => {
    const seen = await statementsOf(() => db.user.findMany({ where: { username: 'nobody-here' } }));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/^SELECT .*auth_user/s);
    expect(seen[0]).not.toContain('nobody-here');
  });

  it('follows a changed DATABASE_URL', async () => {
    const url = process.env['DATABASE_URL'];
    await db.group.create({ data: { name: 'only in the first' } });
    const dropOther = await emptyDatabase();
    const countElsewhere = await db.group.count().catch(() => 'no such table');
    await dropOther();
    process.env['DATABASE_URL'] = url;
    expect(countElsewhere).toBe('no such table');
    expect(await db.group.count({ where: { name: 'only in the first' } })).toBe(1);
  });

  it('checks foreign keys, and can be used after one has failed at commit', async () => {
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const orphan = transaction((tx) =>
        tx.userGroup.create({ data: { userId: 123_456, groupId: 123_456 } }),
      );
      await expect(orphan).rejects.toThrow();
    }
    await transaction((tx) => tx.group.create({ data: { name: 'after' } }));
    expect(await db.userGroup.count()).toBe(0);
  });
});

describe('transaction', () => {
  it('leaves nothing behind when its work fails', async () => {
    const failing = transaction(async (tx) => {
      await tx.group.create({ data: { name: 'never' } });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.group.count({ where: { name: 'never' } })).toBe(0);
  });

  it('lets many at once each have their turn', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `many ${index}`);
    await Promise.all(
      names.map((name) =>
        transaction(async (tx) => {
          await tx.group.create({ data: { name } });
          await sleep(1);
        }),
      ),
    );
    expect(await db.group.count({ where: { name: { startsWith: 'many ' } } })).toBe(30);
  });

  if (!onSqlite) {
    it('runs again after a deadlock', async () => {
      const [first, second] = await Promise.all(
        ['lock a', 'lock b'].map((name) => db.group.create({ data: { name } })),
      );
      let runs = 0;
      const touchBoth = (ids: (number | undefined)[], name: string) =>
        transaction(async (tx) => {
          runs += 1;
          for (const [index, id] of ids.entries()) {
            await tx.group.updateMany({ where: { id }, data: { name: `${name} ${index}` } });
            await sleep(200);
          }
        });
      await Promise.all([
        touchBoth([first?.id, second?.id], 'one way'),
        touchBoth([second?.id, first?.id], 'other way'),
      ]);
      expect(runs).toBeGreaterThan(2);
    });
  }
});

if (onSqlite) {
  describe('a SQLite database that another process writes to', () => {
    it('is waited for, with the event loop free, and works on afterwards', async () => {
      await withLockHeldElsewhere(1500, async () => {
        let turns = 0;
        const ticking = setInterval(() => {
          turns += 1;
        }, 10);
        await db.user.create({ data: person('patient') });
        // So often did the event loop come round meanwhile: never, if waiting held it up.
        expect(turns).toBeGreaterThan(10);
        await transaction(async (tx) => {
          const user = await tx.user.create({ data: person('patient too') });
          await tx.user.update({ where: { id: user.id }, data: { isStaff: true } });
        });
        clearInterval(ticking);
      });
      expect(await db.user.count({ where: { username: { startsWith: 'patient' } } })).toBe(2);
    });

    it('is waited for by transactions as well, and read meanwhile', async () => {
      await withLockHeldElsewhere(1000, async () => {
        expect(await db.user.count()).toBeGreaterThan(0);
        await Promise.all(
          ['first', 'second', 'third'].map((name) =>
            transaction((tx) => tx.user.create({ data: person(`waiting ${name}`) })),
          ),
        );
      });
      expect(await db.user.count({ where: { username: { startsWith: 'waiting' } } })).toBe(3);
    });

    it('is given up after DATABASE_BUSY_TIMEOUT', async () => {
      await withLockHeldElsewhere(1500, async () => {
        await overrideSettings({ DATABASE_BUSY_TIMEOUT: 200 }, async () => {
          await expect(db.user.create({ data: person('impatient') })).rejects.toThrow();
          await expect(transaction((tx) => tx.user.count())).rejects.toThrow();
        });
      });
      await transaction((tx) => tx.user.create({ data: person('later') }));
    });

    it('is in WAL mode with foreign keys on, also after a reconnect', async () => {
      await closeDb();
      const [journal] = await db.$queryRaw<{ journal_mode: string }[]>`PRAGMA journal_mode`;
      const [keys] = await db.$queryRaw<{ foreign_keys: number }[]>`PRAGMA foreign_keys`;
      expect([journal?.journal_mode, Number(keys?.foreign_keys)]).toEqual(['wal', 1]);
    });
  });
}
