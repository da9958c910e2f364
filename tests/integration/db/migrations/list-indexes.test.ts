import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDatabase } from '@/lib/db/checks';
import { closeDb, db } from '@/lib/db/client';
import { missingListIndexes, restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { emptyDatabase, testDatabase } from '@/tests/support/database';

let tearDown: () => Promise<void>;

beforeEach(async () => {
  tearDown = await emptyDatabase();
});

afterEach(() => tearDown());

async function as<T>(role: string, work: () => Promise<T>): Promise<T> {
  const url = process.env['DATABASE_URL'] ?? '';
  const other = new URL(url);
  other.username = role;
  await closeDb();
  process.env['DATABASE_URL'] = other.href;
  try {
    return await work();
  } finally {
    await closeDb();
    process.env['DATABASE_URL'] = url;
  }
}

describe.runIf(testDatabase === 'postgresql')('a role that may not create extensions', () => {
  it('migrates all the same, is warned, and gets the index once the extension is there', async () => {
    const role = `limited_${process.pid}_${Date.now()}`;
    await db.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN`);
    await db.$executeRawUnsafe(`GRANT CREATE ON SCHEMA public TO ${role}`);
    await as(role, async () => {
      expect(await applyMigrations()).toContain('0006_user_list');
      expect(await missingListIndexes()).toEqual(['auth_user_list_search_idx']);
      expect(await checkDatabase()).toMatchObject([{ level: 'warning', id: 'db.W001' }]);
      expect(await restoreListIndexes()).toEqual([]);
    });
    await db.$executeRawUnsafe('CREATE EXTENSION pg_trgm');
    await as(role, async () => {
      expect(await restoreListIndexes()).toEqual(['auth_user_list_search_idx']);
      expect(await checkDatabase()).toEqual([]);
    });
  });
});

describe('restoreListIndexes', () => {
  it('makes again what is missing, whatever it is, and nothing else', async () => {
    await applyMigrations();
    expect(await restoreListIndexes()).toEqual([]);
    await db.$executeRawUnsafe('DROP INDEX auth_user_list_email_idx');
    expect((await checkDatabase())[0]?.message).toContain('auth_user_list_email_idx');
    expect(await restoreListIndexes()).toEqual(['auth_user_list_email_idx']);
    expect(await missingListIndexes()).toEqual([]);
  });

  it('makes of users the very indexes that the migration makes', async () => {
    await applyMigrations();
    const before = await definitions();
    expect(before.length).toBeGreaterThanOrEqual(9);
    for (const { kind, name } of before) {
      if (kind !== 'trigger') await db.$executeRawUnsafe(`DROP ${kind} "${name}"`);
    }
    for (const { kind, name } of before) {
      if (kind === 'trigger') await db.$executeRawUnsafe(`DROP TRIGGER IF EXISTS "${name}"`);
    }
    expect(await definitions()).toEqual([]);
    expect((await restoreListIndexes()).toSorted()).toEqual(before.map(({ name }) => name));
    expect(await definitions()).toEqual(before);
  });
});

/** What migration 0006 makes, by name, each as the database says it, whatever the spaces. */
async function definitions(): Promise<{ kind: string; name: string; sql: string }[]> {
  const rows = await db.$queryRawUnsafe<{ kind: string; name: string; sql: string }[]>(
    testDatabase === 'sqlite'
      ? `SELECT type AS kind, name, sql FROM sqlite_master
         WHERE name GLOB 'auth_user_list_*' OR name GLOB 'auth_user_search*'
           AND (type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%')`
      : `SELECT 'index' AS kind, indexname AS name, indexdef AS sql FROM pg_indexes
         WHERE indexname LIKE 'auth_user_list_%'`,
  );
  const plain = rows.map(({ kind, name, sql }) => ({
    kind,
    name,
    sql: sql.replaceAll(/\s+/g, ' ').replaceAll(/\( | (?=\))/g, (each) => each.trim()),
  }));
  return plain.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
