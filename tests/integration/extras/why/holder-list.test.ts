import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { decide } from '@/lib/contrib/auth/permissions/decisions';
import { users } from '@/lib/contrib/auth/users/managers';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { type HolderKind, listHolders } from '@/lib/extras/why/holder-list';
import { loadHoldersPage } from '@/lib/extras/why/holders-page';
import { visibleUserOr404, visibleUsers } from '@/lib/extras/why/visible-users';
import { loadWhyPage } from '@/lib/extras/why/why-page';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { registerCustom } from '@/tests/support/auth/permission-worlds';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

const PERM = 'articles.change_article';
let root: User;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  root = await users.createSuperuser({ username: 'root' });
  await users.createSuperuser({ username: 'oldroot', isActive: false });
  const editors = await makeGroup('Editors', [PERM]);
  const both = await users.createUser({ username: 'both', lastName: 'Ärger' });
  await grant(both, PERM);
  await joinGroup(both, editors);
  await joinGroup(await users.createUser({ username: 'ina', isActive: false }), editors);
  await users.createUser({ username: 'nobody' });
  for (let i = 10; i < 70; i += 1) {
    await joinGroup(await users.createUser({ username: `editor${i}` }), editors);
  }
  return tearDown;
});

async function names(kind: HolderKind, search = '', page = 1): Promise<string[]> {
  const { conditions } = await visibleUsers(root, search);
  const { holders } = await listHolders(PERM, { kind, conditions, page });
  return holders.map(({ user }) => user.username);
}

describe('listHolders', () => {
  it('lists each holder once, by name and page, superusers apart', async () => {
    const first = await names('granted');
    const second = await names('granted', '', 2);
    expect(first.slice(0, 2)).toEqual(['both', 'editor10']);
    expect([first.length, second.length, second.at(-1)]).toEqual([50, 12, 'ina']);
    expect(new Set([...first, ...second]).size).toBe(62);
    expect(await names('granted', '', 99)).toEqual(second);
    expect(await names('superusers')).toEqual(['oldroot', 'root']);
  });

  it('finds among them only', async () => {
    expect(await names('granted', 'Ärg')).toEqual(['both']);
    expect(await names('granted', 'nobody')).toEqual([]);
    expect(await names('granted', '\0')).toEqual([]);
    expect(await names('granted', "%' OR 1=1 --")).toEqual([]);
  });

  it('tells every source, and of inactive people that it does not count', async () => {
    const { conditions } = await visibleUsers(root, '');
    const listed = async (kind: HolderKind, page: number) =>
      (await listHolders(PERM, { kind, conditions, page })).holders;
    const all = [...(await listed('granted', 2)), ...(await listed('superusers', 1))];
    const [both] = await listed('granted', 1);
    const kinds = both?.sources.map(({ kind }) => kind);
    expect(kinds).toEqual(['direct', 'group']);
    const ina = all.find(({ user }) => user.username === 'ina');
    expect([ina?.decision.allowed, ina?.sources[0]?.kind]).toEqual([false, 'group']);
    const oldroot = all.find(({ user }) => user.username === 'oldroot');
    expect([oldroot?.decision.allowed, oldroot?.sources[0]?.kind]).toEqual([false, 'superuser']);
    for (const { user, decision } of all) {
      expect(decision.allowed).toBe((await decide(await reload(user), PERM)).allowed);
    }
  });

  it('pages in the same way through more than it counts', async () => {
    const perm = 'articles.view_article';
    await makeGroup('Readers', [perm]);
    await db.$executeRaw`
      WITH RECURSIVE s(n) AS (SELECT 10000 UNION ALL SELECT n + 1 FROM s WHERE n < 20019)
      INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email,
        is_staff, is_active, date_joined)
      SELECT u.password, u.is_superuser, 'reader' || n, '', '', '', u.is_staff, u.is_active,
        u.date_joined
      FROM s, auth_user u WHERE u.username = 'nobody'`;
    await db.$executeRaw`
      INSERT INTO auth_user_groups (user_id, group_id)
      SELECT u.id, g.id FROM auth_user u, auth_group g
      WHERE u.username LIKE 'reader%' AND g.name = 'Readers'`;
    const twice = await users.getByNaturalKey('reader10000');
    await db.userPermission.create({
      data: { userId: twice?.id ?? 0, permissionId: await permissionId(perm) },
    });
    const list = (page: number) => listHolders(perm, { kind: 'granted', conditions: [], page });
    const [first, last, none] = [await list(1), await list(201), await list(202)];
    expect(first.count).toEqual({ value: 10_000, isExact: false });
    expect([first.holders.length, first.hasNext]).toEqual([50, true]);
    expect(first.holders.slice(0, 2).map(({ user }) => user.username)).toEqual([
      'reader10000',
      'reader10001',
    ]);
    expect([last.holders.length, last.hasNext, none.holders.length]).toEqual([20, false, 0]);
    expect(last.holders.at(-1)?.user.username).toBe('reader20019');
  });

  it('says what the backends really decide', async () => {
    const undo = registerCustom();
    const perm = 'articles.delete_article';
    await grant(await users.createUser({ username: 'locked out' }), perm);
    await overrideSettings({ AUTHENTICATION_BACKENDS: ['Lock', 'ModelBackend'] }, async () => {
      const { holders } = await listHolders(perm, { kind: 'granted', conditions: [], page: 1 });
      expect(holders.map(({ decision }) => decision.allowed)).toEqual([false]);
    });
    undo();
  });

  it('reads no more people than one page has', async () => {
    const statements = await statementsOf(() => names('granted'));
    const lists = statements.filter((sql) => sql.includes('first_name'));
    expect(lists.filter((sql) => !sql.includes('LIMIT'))).toEqual([]);
  });
});

describe('who may see', () => {
  async function viewer(username: string, ...perms: string[]): Promise<User> {
    const user = await users.createUser({ username, isStaff: true });
    for (const perm of perms) await grant(user, perm);
    return reload(user);
  }

  it('why: oneself always, others with the right to view users', async () => {
    const none = await viewer('none');
    const both = await users.getByNaturalKey('both');
    const id = String(both?.id);
    expect((await visibleUserOr404(none, String(none.id))).username).toBe('none');
    await expect(visibleUserOr404(none, id)).rejects.toThrow(PermissionDenied);
    await expect(visibleUserOr404(none, '2147483647')).rejects.toThrow(PermissionDenied);
    const sees = await viewer('sees', 'auth.view_user');
    expect((await visibleUserOr404(sees, id)).username).toBe('both');
    for (const odd of ['0', '2147483647', '2147483648', 'x', '1\0', '']) {
      await expect(visibleUserOr404(sees, odd)).rejects.toThrow(Http404);
    }
  });

  it('who: with the rights to view users and permissions', async () => {
    const query = { search: '', kind: 'granted' as const, page: 1 };
    const id = String(await permissionId(PERM));
    const users = await viewer('users only', 'auth.view_user');
    const permissions = await viewer('permissions only', 'auth.view_permission');
    for (const lacking of [users, permissions]) {
      await expect(loadHoldersPage(lacking, id, query)).rejects.toThrow(PermissionDenied);
    }
    const sees = await viewer('both rights', 'auth.view_user', 'auth.view_permission');
    const { counts } = await loadHoldersPage(sees, id, query);
    expect([counts.granted.value, counts.superusers.value]).toEqual([62, 2]);
    await expect(loadHoldersPage(sees, '999999', query)).rejects.toThrow(Http404);
  });

  it('other groups: with the right to view groups; holders: with both rights; fixes: only those that are allowed', async () => {
    const query = { perm: PERM, without: '', with: '' };
    const target = await users.createUser({ username: 'target' });
    const sees = await viewer('sees users', 'auth.view_user', PERM);
    const poor = await loadWhyPage(sees, target, query);
    expect(poor.otherGroups).toBeNull();
    expect(poor.answer?.holdersOf).toBeNull();
    const both = await viewer('sees both', 'auth.view_user', 'auth.view_permission');
    const linked = await loadWhyPage(both, target, query);
    expect(linked.answer?.holdersOf).toBe(await permissionId(PERM));
    expect(poor.answer?.why.fixes.length).toBeGreaterThan(0);
    expect([...(poor.answer?.allowedFixes ?? [])]).toEqual([]);

    const changes = await viewer('changes users', 'auth.change_user', 'auth.view_group');
    const rich = await loadWhyPage(changes, target, query);
    expect(rich.otherGroups?.map(({ name }) => name)).toContain('Editors');
    expect([...(rich.answer?.allowedFixes ?? [])]).toEqual([]);

    const gives = await viewer('gives', 'auth.change_user', PERM);
    const given = await loadWhyPage(gives, target, query);
    expect(given.answer?.allowedFixes.size).toBe(given.answer?.why.fixes.length);
    const asked = { ...query, without: String(await editorsId()), with: '' };
    expect((await loadWhyPage(root, target, asked)).errors.group).toBeDefined();
  });
});

async function editorsId(): Promise<number> {
  return (await db.group.findFirstOrThrow({ where: { name: 'Editors' } })).id;
}
