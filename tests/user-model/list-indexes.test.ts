import { beforeAll, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { searchCandidates } from '@/lib/contrib/admin/search/search-index';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { missingListIndexes, restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { makeSuperuser } from '@/tests/support/admin/staff';
import { freshDatabase, testDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

it('the list and the search of a user model of one’s own have indexes of its own table', async () => {
  const root = await makeSuperuser();
  const missing = await missingListIndexes();
  expect(missing.length).toBeGreaterThanOrEqual(7);
  for (const name of missing) expect(name).toMatch(/^accounts_user_/);
  expect(await searchCandidates(userAdmin(), 'lovelace')).toBeNull();

  expect(await restoreListIndexes()).toEqual(missing);
  expect(await missingListIndexes()).toEqual([]);
  if (testDatabase === 'sqlite') {
    expect(await searchCandidates(userAdmin(), 'lovelace')).not.toBeNull();
  }

  const ada = await users.createUser({ username: 'ada.lovelace@example.com' });
  const found = async (q: string) => {
    const list = await getChangeList(userAdmin(), root, new URLSearchParams({ q }));
    return list.rows.map(({ str }) => str);
  };
  expect(await found('lovelace')).toEqual(['ada.lovelace@example.com']);
  await db.$executeRaw`UPDATE accounts_user SET email = 'ada@example.com' WHERE id = ${ada.id}`;
  expect(await found('lovelace')).toEqual([]);
});
