import { beforeAll, expect, it } from 'vitest';
import { findObject } from '@/lib/contrib/admin/form/snapshot';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
import { Prisma } from '@/lib/db/client';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

it('finds a row that the user may see at all, and no other', async () => {
  const [seen, unseen] = [await makeGroup('seen'), await makeGroup('unseen')];
  const options = { getQueryset: () => Prisma.sql`t.name = 'seen'` };
  const admin = new AdminSite([defineAdmin('auth.group', options)]).find('auth.group');
  const root = await makeSuperuser();
  const find = async (id: unknown) =>
    (await findObject(root, admin ?? screens('auth.group'), id))?.id;
  expect(await find(String(seen))).toBe(seen);
  for (const id of [String(unseen), '0', '01', 'x', '99999999999', '\0', null, seen]) {
    expect(await find(id)).toBeUndefined();
  }
});
