import { beforeAll, describe, expect, it } from 'vitest';
import { countTable } from '@/lib/contrib/admin/list/table-count';
import { db } from '@/lib/db/client';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';
import { SqliteClient } from '@/lib/db/sqlite/sqlite-client';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const counting = async () => {
  const counts: number[] = [];
  const asked = await statementsOf(async () => counts.push(await countTable('auth_group')));
  return { count: counts[0], counted: asked.filter((sql) => sql.includes('COUNT(*)')).length };
};

describe('countTable', () => {
  it('counts a small table by one statement each time', async () => {
    await db.group.create({ data: { name: 'Editors' } });
    for (const _ of [1, 2]) {
      const asked = await statementsOf(() => countTable('auth_group'));
      if (testDatabase === 'sqlite') expect(asked).toHaveLength(1);
      expect(await counting()).toEqual({ count: 1, counted: 1 });
    }
  });

  if (testDatabase === 'sqlite') {
    it('counts a large one again only after a change, by whomever', async () => {
      await db.$executeRawUnsafe(`
        INSERT INTO auth_group (name)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001)
        SELECT 'many ' || i FROM n`);
      for (const _ of [1, 2]) await counting();
      expect(await counting()).toEqual({ count: 10_002, counted: 0 });
      await db.group.deleteMany({ where: { name: 'many 7' } });
      expect(await counting()).toEqual({ count: 10_001, counted: 1 });
      expect(await counting()).toEqual({ count: 10_001, counted: 0 });
      const other = new SqliteClient(sqlitePath(), '');
      await other.execute({ sql: "DELETE FROM auth_group WHERE name = 'many 8'", args: [] });
      other.close();
      expect(await counting()).toEqual({ count: 10_000, counted: 1 });
    });
  }
});
