import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrateAdopted } from '@/lib/contrib/auth/management/adopt/migrate-adopted';
import { planAdoption } from '@/lib/contrib/auth/management/adopt/plan-adoption';
import { db } from '@/lib/db/client';
import { adoptDjangoDatabase } from '@/lib/db/migrations/migrate';
import { migrationNames } from '@/lib/db/migrations/migration-files';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { addPerson, makeSiteTables } from '@/tests/support/django-site/tables';

let tearDown: () => Promise<void>;

beforeEach(async () => {
  tearDown = await emptyDatabase();
});

afterEach(() => tearDown());

describe('adopt', () => {
  it('describes a model that is not known here, and writes nothing', async () => {
    await makeSiteTables();
    await addPerson('ada');
    const { users, site } = await planAdoption({});
    expect(users.table).toBe('accounts_user');
    expect(site?.name).toBe('accounts.User');
  });

  it.runIf(testDatabase === 'postgresql')(
    'refuses a sequence that lags before anything is written',
    async () => {
      await makeSiteTables();
      await addPerson('ada');
      await db.$queryRaw`SELECT setval('accounts_user_id_seq', 1, false)`;
      const plan = planAdoption({});
      await expect(plan).rejects.toThrow(
        `SELECT setval('public.accounts_user_id_seq', (SELECT max(id) FROM "accounts_user"));`,
      );
      await expect(plan).rejects.toThrow('then adopt again');
    },
  );
});

describe('a migrate that fails', () => {
  const failing = {
    'with a status': async () => 1,
    'to start at all': () => Promise.reject(new Error('spawn')),
  };

  describe.each(Object.entries(failing))('%s', (_, fail) => {
    const attempt = async (before: () => Promise<unknown>) => {
      const [takeBack, err] = [vi.fn<() => void>(), vi.fn<(line: string) => void>()];
      await migrateAdopted(() => before().then(fail), takeBack, { err }).catch(() => undefined);
      return { takeBack, said: err.mock.calls.flat().join('\n') };
    };

    it('before the database is adopted has everything taken back', async () => {
      await makeSiteTables();
      const { takeBack, said } = await attempt(async () => undefined);
      expect(takeBack).toHaveBeenCalledOnce();
      expect(said).not.toContain('stays');
    });

    it('after that leaves what describes the database, and says how to go on', async () => {
      const own = migrationNames()[0];
      await makeSiteTables({ edit: (ddl) => ddl.replaceAll('"accounts_user', '"auth_user') });
      await db.$executeRawUnsafe('ALTER TABLE auth_user DROP COLUMN phone');
      const { takeBack, said } = await attempt(adoptDjangoDatabase);
      expect(await db.$queryRaw`SELECT migration_name FROM _prisma_migrations`).toEqual([
        { migration_name: own },
      ]);
      expect(takeBack).not.toHaveBeenCalled();
      expect(said).toContain('then run: npm run manage -- migrate');
    });
  });
});
