import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { isDatabaseReachable } from '@/lib/db/checks';
import { closeDb, db } from '@/lib/db/client';
import { checkConnections } from '@/lib/db/pool-checks';
import { freshDatabase, testDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

/** With these settings from the first connection on. */
async function connected<T>(
  changed: Parameters<typeof overrideSettings>[0],
  body: () => Promise<T>,
): Promise<T> {
  await closeDb();
  try {
    return await overrideSettings(changed, body);
  } finally {
    await closeDb();
  }
}

if (testDatabase === 'postgresql') {
  describe('the connection to PostgreSQL', () => {
    it('gives up a statement that takes too long, and goes on', async () => {
      await connected({ DATABASE_STATEMENT_TIMEOUT: 50 }, async () => {
        const slow = db.$queryRaw`SELECT pg_sleep(5)::text AS slept`;
        await expect(slow).rejects.toThrow(/statement timeout/);
        expect(await isDatabaseReachable()).toBe(true);
      });
    });

    it('opens no more connections than the pool has', async () => {
      await connected({ DATABASE_POOL_SIZE: 2 }, async () => {
        const pids = await Promise.all(
          Array.from(
            { length: 10 },
            () =>
              db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid FROM pg_sleep(0.01)`,
          ),
        );
        expect(new Set(pids.map(([row]) => row?.pid)).size).toBe(2);
      });
    });

    it.each([true, false])('prepares what comes again, or not: %j', async (prepared) => {
      const changed = { DATABASE_POOL_SIZE: 1, DATABASE_PREPARED_STATEMENTS: prepared };
      await connected(changed, async () => {
        for (const id of [1, 2, 3]) await db.user.findUnique({ where: { id } });
        const [row] = await db.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE '%auth_user%'`;
        // The statement that looks has the name in its text as well.
        expect(row?.count).toBe(prepared ? 2 : 0);
      });
    });

    it('is replaced after the database ended it, under the next query', async () => {
      await connected({ DATABASE_POOL_SIZE: 1 }, async () => {
        await db.$queryRaw`SELECT 1 AS one`;
        const ended = db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text AS done`;
        await expect(ended).rejects.toThrow();
        expect(await isDatabaseReachable()).toBe(true);
      });
    });

    it('is warned of when all processes together may open more than is granted', async () => {
      const ids = async () => (await checkConnections()).map(({ id }) => id);
      await overrideSettings({ WEB_CONCURRENCY: 2, DATABASE_POOL_SIZE: 10 }, async () => {
        expect(await ids()).toEqual([]);
      });
      await overrideSettings({ WEB_CONCURRENCY: 40, DATABASE_POOL_SIZE: 10 }, async () => {
        expect(await ids()).toEqual(['db.W002']);
      });
    });
  });
} else {
  it('SQLite has no connections to count', async () => {
    expect(await checkConnections()).toEqual([]);
  });
}
