import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { type MatrixChange, parseMatrixChanges } from '@/lib/extras/matrix/matrix-changes';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import {
  loadGroupColumns,
  loadMatrixApps,
  loadUserColumns,
} from '@/lib/extras/matrix/permission-matrix';
import { read } from '@/tests/support/admin/read-review';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { change, makeCast, requestOf } from './matrix-cast';

beforeAll(freshDatabase);

let root: User;
let ida: User;
let editors: number;
let made: number;

beforeEach(async () => {
  ({ root, ida, editors, made } = await makeCast());
});

async function save(actor: User, changes: MatrixChange[]) {
  const { digest } = await previewChanges(actor, changes);
  return saveChanges(requestOf(actor), changes, read(digest));
}

const perms = async (groupId: number) =>
  (
    await db.groupPermission.findMany({
      where: { groupId },
      select: { permission: { select: { codename: true } } },
    })
  )
    .map(({ permission }) => permission.codename)
    .sort();

describe('parseMatrixChanges', () => {
  it('reads what a form sends, and nothing else', () => {
    expect(parseMatrixChanges('g12+45 u7-3 g12-45')).toEqual([
      { kind: 'group', id: 12, permissionId: 45, gives: false },
      { kind: 'user', id: 7, permissionId: 3, gives: false },
    ]);
    expect(parseMatrixChanges('')).toEqual([]);
    for (const bad of ['x1+1', 'g0+1', 'g1+2147483648', 'g1', 'g1+1,g2+2', 'g1+1\0', 'g-1+1']) {
      expect(parseMatrixChanges(bad)).toBeNull();
    }
    const many = Array.from({ length: 30_001 }, (_, i) => `g1+${i + 1}`).join(' ');
    expect(parseMatrixChanges(many)).toBeNull();
  });
});

describe('the matrix', () => {
  it('lists every permission by app and model, and what each group holds', async () => {
    const apps = await loadMatrixApps();
    const labels = apps.map(({ label }) => label);
    expect(labels).toEqual(labels.toSorted());
    const article = apps.find(({ label }) => label === 'articles')?.models[0];
    expect(article?.permissions.map(({ perm }) => perm)).toContain('articles.publish_article');
    const [column] = await loadGroupColumns([editors]);
    expect(column).toMatchObject({ name: `editors${made}`, members: 1 });
    expect([...(column?.held ?? [])]).toEqual([await permissionId('articles.view_article')]);
    await grant(ida, 'auth.view_user');
    const own = await loadUserColumns(ida.id);
    expect([...(own?.user.held ?? [])]).toEqual([await permissionId('auth.view_user')]);
    expect(own?.groups.map(({ id }) => id)).toEqual([editors]);
    expect(await loadUserColumns(2_147_483_647)).toBeNull();
  });
});

describe('saving the matrix', () => {
  it('writes the cells with Django’s history and a security event for each group and user', async () => {
    const second = await makeGroup(`second${made}`, ['articles.add_article']);
    const changes = [
      await change(editors, 'articles.add_article', true),
      await change(editors, 'articles.view_article', false),
      await change(second, 'articles.add_article', false),
      {
        kind: 'user' as const,
        id: ida.id,
        permissionId: await permissionId('auth.view_user'),
        gives: true,
      },
    ];
    expect((await save(root, changes)).isSaved).toBe(true);
    expect(await perms(editors)).toEqual(['add_article']);
    expect(await perms(second)).toEqual([]);
    expect(await (await reload(ida)).hasPerm('auth.view_user')).toBe(true);
    const history = await db.logEntry.findMany({
      where: { userId: root.id },
      orderBy: { id: 'asc' },
    });
    expect(history.map((each) => [each.objectRepr, each.changeMessage])).toEqual([
      [
        `editors${made}`,
        '[{"changed": {"fields": ["Permissions"]}}, {"moved": {"given": ["articles.add_article"], "taken": ["articles.view_article"]}}]',
      ],
      [
        `second${made}`,
        '[{"changed": {"fields": ["Permissions"]}}, {"moved": {"taken": ["articles.add_article"]}}]',
      ],
      [
        `ida${made}`,
        '[{"changed": {"fields": ["User permissions"]}}, {"moved": {"given": ["auth.view_user"]}}]',
      ],
    ]);
    const events = await db.securityLogEntry.findMany({
      where: { actorId: root.id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ event }) => event)).toEqual([
      'privilege_permissions_changed',
      'privilege_permissions_changed',
      'privilege_permissions_changed',
    ]);
    expect(JSON.parse(events[0]?.detail ?? '')).toMatchObject({
      group: `editors${made}`,
      given: ['articles.add_article'],
      taken: ['articles.view_article'],
    });
    expect(events[2]?.targetUsername).toBe(`ida${made}`);
  });

  it('needs the permission to change groups, and users, and changes nothing without', async () => {
    const viewer = await makeStaff('auth.view_group', 'articles.add_article');
    const giving = [await change(editors, 'articles.add_article', true)];
    await expect(save(viewer, giving)).rejects.toThrow(PermissionDenied);
    await expect(saveChanges(requestOf(viewer), giving, read(''))).rejects.toThrow(
      PermissionDenied,
    );
    const changer = await makeStaff('auth.change_group', 'articles.add_article');
    const permission = await permissionId('articles.add_article');
    const toIda = [{ kind: 'user' as const, id: ida.id, permissionId: permission, gives: true }];
    await expect(save(changer, toIda)).rejects.toThrow(PermissionDenied);
    // The matrix tells of groups.
    const ofUsers = await makeStaff('auth.change_user', 'articles.add_article');
    await expect(save(ofUsers, toIda)).rejects.toThrow(PermissionDenied);
    expect((await save(changer, giving)).isSaved).toBe(true);
  });

  it('refuses what the saver does not hold, whatever was reviewed', async () => {
    const changer = await makeStaff('auth.change_group', 'auth.delete_user');
    const giving = [await change(editors, 'auth.delete_user', true)];
    const { digest, refusals } = await previewChanges(changer, giving);
    expect(refusals).toEqual([]);
    await db.userPermission.deleteMany({ where: { userId: changer.id } });
    await grant(changer, 'auth.change_group');
    const saved = await saveChanges(requestOf(await reload(changer)), giving, read(digest));
    expect(saved.isSaved).toBe(false);
    expect(saved.review.refusals).toEqual([
      {
        name: `editors${made}`,
        texts: ['Nobody grants what they do not hold, and you do not hold auth.delete_user.'],
      },
    ]);
    expect(await perms(editors)).toEqual(['view_article']);
  });

  it('saves nothing when it would do something else than what was read', async () => {
    const changes = [await change(editors, 'articles.add_article', true)];
    const { digest } = await previewChanges(root, changes);
    const bob = await users.createUser({ username: `bob${made}` });
    await joinGroup(bob, editors);
    const saved = await saveChanges(requestOf(root), changes, read(digest));
    expect(saved.isSaved).toBe(false);
    expect(saved.review.effects[0]?.gains.count).toBe(2);
    expect((await saveChanges(requestOf(root), changes, read(saved.review.digest))).isSaved).toBe(
      true,
    );
  });

  it('tells when somebody else has changed the same cells meanwhile', async () => {
    const changes = [
      await change(editors, 'articles.add_article', true),
      await change(editors, 'articles.view_article', false),
    ];
    const { digest } = await previewChanges(root, changes);
    await save(await makeSuperuser(), changes.slice(0, 1));
    const { isSaved, review } = await saveChanges(requestOf(root), changes, read(digest));
    expect(isSaved).toBe(false);
    expect(review.overtaken).toEqual([
      `articles.add_article was given to editors${made} meanwhile.`,
    ]);
    expect(review.columns[0]?.given).toEqual([]);
    await db.userGroup.deleteMany({ where: { groupId: editors } });
    await db.groupPermission.deleteMany({ where: { groupId: editors } });
    await db.group.delete({ where: { id: editors } });
    const gone = await previewChanges(root, changes);
    expect(gone.overtaken).toEqual([`The group ${editors} is gone.`]);
  });

  it('lets one of two win who save the same cells at the same moment', async () => {
    const other = await makeSuperuser();
    const changes = [await change(editors, 'articles.add_article', true)];
    const { digest } = await previewChanges(root, changes);
    const outcomes = await Promise.all(
      [root, other].map((actor) => saveChanges(requestOf(actor), changes, read(digest))),
    );
    expect(outcomes.map(({ isSaved }) => isSaved).sort()).toEqual([false, true]);
    expect(await perms(editors)).toEqual(['add_article', 'view_article']);
  });

  it('flags what the saver would lose, and first of all this page', async () => {
    const changer = await makeStaff();
    const admins = await makeGroup(`admins${made}`, ['auth.change_group', 'auth.view_group']);
    await joinGroup(changer, admins);
    const actor = await reload(changer);
    const losing = [await change(admins, 'auth.change_group', false)];
    expect((await previewChanges(actor, losing)).flags).toEqual([
      'You would lose auth.change_group.',
      'You could no longer change groups.',
    ]);
    losing.push(await change(admins, 'auth.view_group', false));
    expect((await previewChanges(actor, losing)).flags).toEqual([
      'You would lose auth.change_group and auth.view_group.',
      'You would lose access to this page.',
    ]);
  });
});
