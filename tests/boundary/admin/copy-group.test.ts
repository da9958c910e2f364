import { beforeAll, beforeEach, expect, it } from 'vitest';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState, isFormState } from '@/lib/forms/forms';
import { formOf, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { browser } from '../browser';

const PERM = 'articles.delete_article';

let made = 0;
let group = 0;
let member: User;

beforeAll(freshDatabase);
beforeEach(async () => {
  made += 1;
  group = await makeGroup(`Team${made}`, [PERM]);
  member = await users.createUser({ username: `member${made}` });
  await joinGroup(member, group);
});

async function copy(by: User, name: string) {
  const shown = await untouched(screens('auth.group'), group);
  const fields = { ...shown, name, _model: 'auth.group', _id: [group], _saveasnew: '1' };
  return browser(await browserOf(by)).send(() => saveAction(emptyFormState, formOf(fields)));
}

const copyOf = (name: string) =>
  db.group.findUnique({ where: { name }, include: { permissions: true, users: true } });

it('a group is copied with its permissions, without its members, under another name', async () => {
  const root = await makeSuperuser();
  const { status, location } = await copy(root, `Copy${made}`);
  const found = await copyOf(`Copy${made}`);
  expect({ status, location }).toEqual({
    status: 303,
    location: `/admin/auth/group/${found?.id}/change/`,
  });
  expect([found?.permissions.length, found?.users.length]).toEqual([1, 0]);
  expect(await db.userGroup.count({ where: { groupId: group } })).toBe(1);
  const { value } = await copy(root, `Team${made}`);
  expect(isFormState(value) && value.fieldErrors['name']?.[0]).toContain('already exists');
});

it('nobody copies a group that holds what they may not give', async () => {
  const clerk = await makeStaff('auth.add_group', 'auth.change_group', 'auth.view_group');
  const { status, value } = await copy(clerk, `Copy${made}`);
  expect(status).toBe(200);
  expect(isFormState(value) && value.fieldErrors['permissions']).toHaveLength(1);
  expect(await copyOf(`Copy${made}`)).toBeNull();
  const looker = await makeStaff('auth.change_group', 'auth.view_group');
  expect((await copy(looker, `Copy${made}`)).status).toBe(403);
});
