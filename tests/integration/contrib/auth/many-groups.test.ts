import { beforeAll, describe, expect, it } from 'vitest';
import { collectDeletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, transaction } from '@/lib/db/client';
import { loadGroupColumns } from '@/lib/extras/matrix/permission-matrix';
import { loadWhyPage } from '@/lib/extras/why/why-page';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

const MANY = 3000;

let ids: number[] = [];

beforeAll(async () => {
  const tearDown = await freshDatabase();
  await db.group.createMany({
    data: Array.from({ length: MANY + 1 }, (_, i) => ({ name: `Team ${i}` })),
  });
  const groups = await db.group.findMany({ orderBy: { id: 'asc' } });
  ids = groups.slice(0, MANY).map(({ id }) => id);
  return tearDown;
});

async function member() {
  const user = await users.createUser({ username: `member${Math.random()}` });
  await db.userGroup.createMany({ data: ids.map((groupId) => ({ userId: user.id, groupId })) });
  return user;
}

describe(`somebody in ${MANY} groups`, () => {
  it('has a page about their permissions, with the one group that they are not in', async () => {
    const superuser = await makeSuperuser();
    const { groups, otherGroups, errors } = await loadWhyPage(superuser, await member(), {
      perm: '',
      without: String(ids[0]),
      with: '',
    });
    expect([groups.length, otherGroups?.map(({ name }) => name)]).toEqual([MANY, [`Team ${MANY}`]]);
    expect(errors).toEqual({});
  });

  it('is saved with all of them and with none', async () => {
    const [superuser, user] = [await makeSuperuser(), await member()];
    const admin = screens('auth.user');
    const save = async (groups: number[]) => {
      const row = await transaction((tx) => readSnapshot(tx, admin, user.id));
      const form = new FormData();
      form.set('_version', row ? versionOf(row, editableFields(admin)) : '');
      form.set('username', user.username);
      form.set('is_active', 'on');
      for (const id of groups) form.append('groups', String(id));
      return saveObject(admin, requestOf(superuser), { id: user.id, form, isFresh: true });
    };
    expect(await save([])).toMatchObject({ kind: 'saved' });
    expect(await save(ids)).toMatchObject({ kind: 'saved' });
    expect(await db.userGroup.count({ where: { userId: user.id } })).toBe(MANY);
  });

  it('can be deleted, and so can two thousand groups', async () => {
    const [superuser, user] = [await makeSuperuser(), await member()];
    const people = screens('auth.user');
    expect((await collectDeletion(people, [user.id], superuser)).count).toBe(1);
    expect((await deleteRows(people, [user.id], requestOf(superuser))).count).toBe(1);
    const made = Array.from({ length: 2000 }, (_, i) => ({ name: `Gone ${i}` }));
    await db.group.createMany({ data: made });
    const gone = await db.group.findMany({ where: { name: { startsWith: 'Gone' } } });
    const doomed = gone.map(({ id }) => id);
    expect((await collectDeletion(screens('auth.group'), doomed, superuser)).count).toBe(2000);
    const { count } = await deleteRows(screens('auth.group'), doomed, requestOf(superuser));
    expect(count).toBe(2000);
  });
});

describe('a long list of ids', () => {
  it('is read whole: columns of the matrix, and permissions in their order', async () => {
    expect(await loadGroupColumns(ids)).toHaveLength(MANY);
    const { contentTypeId } = await db.permission.findFirstOrThrow({
      where: { codename: 'view_group' },
    });
    const codenames = Array.from({ length: MANY }, (_, i) => `made_${String(i).padStart(4, '0')}`);
    const data = codenames.map((codename) => ({ codename, contentTypeId, name: codename }));
    await db.permission.createMany({ data });
    const rows = await db.permission.findMany({ where: { codename: { startsWith: 'made_' } } });
    const named = await loadCatalogue(db, rows.map(({ id }) => id).reverse());
    expect(named.map(({ perm }) => perm)).toEqual(codenames.map((each) => `auth.${each}`));
  });
});
