import { beforeAll, describe, expect, it } from 'vitest';
import { collectDeletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

let made = 0;

/** A user in one group, with a permission, an entry in the history and an article of theirs. */
async function makeBusyUser(): Promise<User> {
  made += 1;
  const user = await users.createUser({ username: `busy${made}`, isStaff: true });
  await joinGroup(user, await makeGroup(`group of busy${made}`));
  await grant(user, 'auth.view_group');
  const now = new Date();
  const { id: contentTypeId = null } = (await getContentType('auth', 'group')) ?? {};
  const entry = { actionTime: now, objectId: '1', objectRepr: 'x', actionFlag: 2 };
  await db.logEntry.create({
    data: { ...entry, userId: user.id, contentTypeId, changeMessage: '' },
  });
  const article = { title: `By busy${made}`, body: '', isPublished: false, authorId: user.id };
  await db.article.create({ data: { ...article, created: now, modified: now } });
  return user;
}

function remove(key: string, ids: number[], user: User) {
  return deleteRows(screens(key), ids, requestOf(user));
}

function collect(key: string, ids: number[], user: User) {
  return collectDeletion(screens(key), ids, user);
}

describe('collectDeletion', () => {
  it('names and counts all that goes, and what only loses its author', async () => {
    const user = await makeBusyUser();
    const deletion = await collect('auth.user', [user.id], await makeSuperuser());
    expect(deletion.counts).toEqual([
      { name: 'user', count: 1 },
      { name: 'user-group relationship', count: 1 },
      { name: 'user-permission relationship', count: 1 },
      { name: 'log entry', count: 1 },
    ]);
    expect(deletion.kept).toEqual([{ name: 'article', count: 1 }]);
    const [row] = deletion.rows;
    expect(row).toMatchObject({ kind: 'user', text: user.username });
    expect(row?.href).toBe(`/admin/auth/user/${user.id}/change/`);
    expect(row?.related.map(({ kind }) => kind)).toEqual([
      'user-group relationship',
      'user-permission relationship',
      'log entry',
    ]);
    expect(row?.related[0]?.text).toBe(`group of ${user.username}`);
  });

  it('follows rows that hang on rows that go', async () => {
    const { id: contentTypeId } = await db.contentType.create({
      data: { appLabel: 'gone', model: 'gone' },
    });
    const data = { name: 'Can do', codename: 'do_gone', contentTypeId };
    const { id: permissionId } = await db.permission.create({ data });
    const groupId = await makeGroup('doers');
    await db.groupPermission.create({ data: { groupId, permissionId } });
    const { counts, rows } = await collect(
      'contenttypes.contenttype',
      [contentTypeId],
      await makeSuperuser(),
    );
    expect(counts).toEqual([
      { name: 'content type', count: 1 },
      { name: 'permission', count: 1 },
      { name: 'group-permission relationship', count: 1 },
    ]);
    expect(rows[0]?.related[0]?.related[0]?.text).toBe('doers');
  });

  it('says which permission is missing, and asks none for rows without screens', async () => {
    const { id } = await makeBusyUser();
    const may = await makeStaff('auth.delete_user');
    expect((await collect('auth.user', [id], may)).permsNeeded).toEqual([]);
    const mayNot = await makeStaff('auth.view_user');
    expect((await collect('auth.user', [id], mayNot)).permsNeeded).toEqual(['user']);
  });

  it('asks the permission for what goes with it, where that has screens', async () => {
    const row = await db.contentType.create({ data: { appLabel: 'leaving', model: 'leaving' } });
    const name = { name: 'Can go', codename: 'go' };
    await db.permission.create({ data: { ...name, contentTypeId: row.id } });
    const user = await makeSuperuser();
    const options = { fieldsets: [{ title: null, fields: ['appLabel'] }] } as const;
    const alone = new AdminSite([defineAdmin('contenttypes.contenttype', options)]);
    const both = new AdminSite([
      defineAdmin('contenttypes.contenttype', options),
      defineAdmin('auth.permission', { hasDeletePermission: () => false }),
    ]);
    const needed = async (site: AdminSite) => {
      const admin = site.find('contenttypes.contenttype') ?? screens('auth.group');
      return (await collectDeletion(admin, [row.id], user)).permsNeeded;
    };
    expect(await needed(alone)).toEqual([]);
    expect(await needed(both)).toEqual(['permission']);
  });

  it('leaves out rows that do not exist and those that the user may not see', async () => {
    const [one, two] = [await makeGroup('seen'), await makeGroup('unseen')];
    const options = { getQueryset: () => Prisma.sql`t.name = 'seen'` };
    const site = new AdminSite([defineAdmin('auth.group', options)]);
    const admin = site.find('auth.group') ?? screens('auth.group');
    const user = await makeSuperuser();
    const ids = [two, one, 2_000_000_000];
    const deletion = await collectDeletion(admin, ids, user);
    expect(deletion.rows.map(({ text }) => text)).toEqual(['seen']);
    const { count } = await deleteRows(admin, ids, requestOf(user));
    expect(count).toBe(1);
    expect(await db.group.findMany({ where: { id: { in: [one, two] } } })).toHaveLength(1);
  });
});

describe('deleteRows', () => {
  it('deletes a user as Django does, and logs it', async () => {
    const user = await makeBusyUser();
    const needed = ['auth.delete_user', 'auth.view_group', 'admin.delete_logentry'] as const;
    const actor = await makeStaff(...needed);
    expect(await remove('auth.user', [user.id], actor)).toEqual({ count: 1, refusals: [] });
    const where = { userId: user.id };
    expect(await db.user.count({ where: { id: user.id } })).toBe(0);
    expect(await db.userGroup.count({ where })).toBe(0);
    expect(await db.userPermission.count({ where })).toBe(0);
    expect(await db.logEntry.count({ where })).toBe(0);
    const title = `By ${user.username}`;
    expect((await db.article.findFirstOrThrow({ where: { title } })).authorId).toBeNull();
    const entry = await db.logEntry.findFirstOrThrow({ where: { userId: actor.id } });
    expect(entry).toMatchObject({
      objectId: String(user.id),
      objectRepr: user.username,
      actionFlag: 3,
      changeMessage: '',
    });
  });

  it('takes along what hangs on rows that go, down to any depth', async () => {
    const site = new AdminSite([defineAdmin('contenttypes.contenttype', {})]);
    const admin = site.find('contenttypes.contenttype');
    if (!admin) throw new Error('The declaration is not found.');
    const { id } = await db.contentType.create({ data: { appLabel: 'deep', model: 'deep' } });
    const data = { name: 'Can do', codename: 'do_deep', contentTypeId: id };
    const { id: permissionId } = await db.permission.create({ data });
    const groupId = await makeGroup('deep doers');
    await db.groupPermission.create({ data: { groupId, permissionId } });
    const user = await makeSuperuser();
    const entry = { actionTime: new Date(), userId: user.id, contentTypeId: id, changeMessage: '' };
    const about = { objectId: '1', objectRepr: 'x', actionFlag: 2 };
    const { id: entryId } = await db.logEntry.create({ data: { ...entry, ...about } });
    expect((await deleteRows(admin, [id], requestOf(user))).count).toBe(1);
    expect(await db.permission.count({ where: { id: permissionId } })).toBe(0);
    expect(await db.groupPermission.count({ where: { permissionId } })).toBe(0);
    expect(await db.group.count({ where: { id: groupId } })).toBe(1);
    const kept = await db.logEntry.findUniqueOrThrow({ where: { id: entryId } });
    expect(kept.contentTypeId).toBeNull();
  });

  it('deletes more rows than one statement can name', async () => {
    await db.group.createMany({
      data: Array.from({ length: 1100 }, (_, i) => ({ name: `many ${i}` })),
    });
    const rows = await db.group.findMany({ where: { name: { startsWith: 'many ' } } });
    const ids = rows.map(({ id }) => id);
    const user = await makeSuperuser();
    expect((await collect('auth.group', ids, user)).rows).toHaveLength(100);
    expect((await remove('auth.group', ids, user)).count).toBe(1100);
    expect(await db.logEntry.count({ where: { userId: user.id } })).toBe(1100);
  });

  it('throws for who may not, and deletes nothing', async () => {
    const { id } = await makeBusyUser();
    const actor = await makeStaff('auth.change_user');
    await expect(remove('auth.user', [id], actor)).rejects.toThrow(PermissionDenied);
    expect(await db.userGroup.count({ where: { userId: id } })).toBe(1);
  });

  it('deletes nothing of what the rules of the model forbid', async () => {
    const id = await makeGroup('kept');
    const options = { cleanDelete: async () => ['It is needed.'] };
    const admin = defineAdmin('auth.group', options);
    const user = await makeSuperuser();
    const answer = await deleteRows(admin, [id], requestOf(user));
    expect(answer).toEqual({ count: 0, refusals: ['It is needed.'] });
    expect(await db.group.count({ where: { id } })).toBe(1);
    expect(await db.logEntry.count({ where: { userId: user.id } })).toBe(0);
  });

  it('lets one of two deletions at once find the rows gone', async () => {
    const id = await makeGroup('wanted twice');
    const actors = [await makeSuperuser(), await makeSuperuser()];
    const answers = await Promise.all(actors.map((actor) => remove('auth.group', [id], actor)));
    expect(answers.map(({ count }) => count).sort()).toEqual([0, 1]);
    const userId = { in: actors.map((actor) => actor.id) };
    expect(await db.logEntry.count({ where: { userId } })).toBe(1);
  });

  it('lets people delete themselves', async () => {
    const user = await makeStaff('auth.delete_user');
    expect((await remove('auth.user', [user.id], await reload(user))).count).toBe(1);
    expect(await db.user.count({ where: { id: user.id } })).toBe(0);
  });
});
