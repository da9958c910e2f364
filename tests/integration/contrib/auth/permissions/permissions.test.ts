import { beforeAll, describe, expect, it } from 'vitest';
import { type PermissionName, permissionNamesInUse } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { explain, explainAll, listPermissions } from '@/lib/contrib/auth/permissions/decisions';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const ALL = permissionNamesInUse() as PermissionName[];

describe('explain with ModelBackend', () => {
  it('names the user itself and each group as sources', async () => {
    const user = await users.createUser({ username: 'sources' });
    const writers = await makeGroup('Sources writers', [
      'articles.add_article',
      'articles.view_article',
    ]);
    const readers = await makeGroup('Sources readers', ['articles.view_article']);
    await joinGroup(user, writers);
    await joinGroup(user, readers);
    await grant(user, 'articles.view_article');
    expect(await explain(user, 'articles.view_article')).toEqual({
      username: 'sources',
      perm: 'articles.view_article',
      isAboutObject: false,
      allowed: true,
      isAuthenticated: true,
      isActive: true,
      isSuperuser: false,
      verdicts: [
        {
          backend: 'ModelBackend',
          verdict: 'granted',
          sources: [
            { kind: 'direct' },
            { kind: 'group', id: readers, name: 'Sources readers' },
            { kind: 'group', id: writers, name: 'Sources writers' },
          ],
        },
      ],
      sources: [
        { kind: 'direct' },
        { kind: 'group', id: readers, name: 'Sources readers' },
        { kind: 'group', id: writers, name: 'Sources writers' },
      ],
      places: [],
    });
    expect(await explain(user, 'articles.delete_article')).toMatchObject({
      allowed: false,
      verdicts: [{ backend: 'ModelBackend', verdict: 'silent', sources: [] }],
    });
  });

  it.each([
    'Articles.view_article',
    'articles.View_article',
    'view_article',
    'articles.',
    '',
    'a\0.b',
  ])('does not hold %j for another spelling of it', async (perm) => {
    const user = await users.createUser({ username: `spelling ${JSON.stringify(perm)}` });
    await grant(user, 'articles.view_article');
    const { allowed, places } = await explain(user, perm);
    expect(allowed).toBe(false);
    expect(places).toEqual([{ kind: 'superuser' }]);
  });

  it('grants nothing on a single object', async () => {
    const user = await users.createUser({ username: 'object' });
    await grant(user, 'articles.view_article');
    expect(await user.hasPerm('articles.view_article')).toBe(true);
    expect(await user.hasPerm('articles.view_article', { id: 1 })).toBe(false);
    expect(await user.getAllPermissions({ id: 1 })).toEqual(new Set());
  });

  it('grants nothing to an inactive user, superuser or not, and nothing to a stranger', async () => {
    const group = await makeGroup('Inactive', ['articles.view_article']);
    for (const isSuperuser of [false, true]) {
      const user = await users.createUser({
        username: `inactive ${isSuperuser}`,
        isActive: false,
        isSuperuser,
      });
      await grant(user, 'articles.view_article');
      await joinGroup(user, group);
      expect(await user.hasPerm('articles.view_article')).toBe(false);
      expect(await user.getAllPermissions()).toEqual(new Set());
      expect(await user.hasModulePerms('articles')).toBe(false);
    }
    expect(await new AnonymousUser().hasPerm('articles.view_article')).toBe(false);
    expect(await new AnonymousUser().getAllPermissions()).toEqual(new Set());
  });

  it('does not give what belongs to somebody else', async () => {
    const [ada, eve] = [
      await users.createUser({ username: 'others ada' }),
      await users.createUser({ username: 'others eve' }),
    ];
    await grant(ada, 'articles.view_article');
    await joinGroup(ada, await makeGroup('Others', ['articles.add_article']));
    expect(await eve.getAllPermissions()).toEqual(new Set());
    expect((await explainAll(eve)).groups).toEqual([]);
  });

  it('takes one codename of two models of an app for one permission', async () => {
    const user = await users.createUser({ username: 'two models' });
    const makePermission = async (model: string) => {
      const type = await db.contentType.create({ data: { appLabel: 'twice', model } });
      const data = { contentTypeId: type.id, codename: 'approve', name: `Approve ${model}` };
      return (await db.permission.create({ data })).id;
    };
    for (const id of [await makePermission('a'), await makePermission('b')]) {
      await db.userPermission.create({ data: { userId: user.id, permissionId: id } });
    }
    expect((await explain(user, 'twice.approve')).sources).toEqual([{ kind: 'direct' }]);
    expect((await explainAll(user)).permissions).toHaveLength(1);
  });
});

describe('the sets of permissions', () => {
  it('tell direct ones from those of groups, and join them', async () => {
    const user = await users.createUser({ username: 'sets' });
    await grant(user, 'articles.view_article');
    await joinGroup(user, await makeGroup('Sets', ['articles.add_article']));
    expect(await user.getUserPermissions()).toEqual(new Set(['articles.view_article']));
    expect(await user.getGroupPermissions()).toEqual(new Set(['articles.add_article']));
    expect(await user.getAllPermissions()).toEqual(
      new Set(['articles.view_article', 'articles.add_article']),
    );
  });

  it('hold every permission there is for an active superuser', async () => {
    const user = await users.createSuperuser({ username: 'sets superuser' });
    const rows = await db.permission.findMany({ include: { contentType: true } });
    const all = new Set(
      rows.map(({ codename, contentType }) => `${contentType.appLabel}.${codename}`),
    );
    expect(await user.getAllPermissions()).toEqual(all);
    expect(await user.getUserPermissions()).toEqual(all);
    expect(await user.getGroupPermissions()).toEqual(all);
  });
});

describe('hasModulePerms', () => {
  it('wants the whole label of the app', async () => {
    const user = await users.createUser({ username: 'module' });
    await grant(user, 'auth.view_user');
    expect(await user.hasModulePerms('auth')).toBe(true);
    for (const label of ['au', 'auth.', 'Auth', 'articles', '']) {
      expect(await user.hasModulePerms(label)).toBe(false);
    }
  });
});

describe('explainAll', () => {
  it('lists groups, empty ones too, and permissions in the order of Django', async () => {
    const user = await users.createUser({ username: 'all' });
    const editors = await makeGroup('All editors', [
      'articles.change_article',
      'articles.add_article',
    ]);
    const nothing = await makeGroup('All nothing');
    await joinGroup(user, nothing);
    await joinGroup(user, editors);
    await grant(user, 'auth.view_user');
    await grant(user, 'articles.add_article');
    const group = { kind: 'group', id: editors, name: 'All editors' };
    expect(await explainAll(user)).toEqual({
      groups: [
        { id: editors, name: 'All editors' },
        { id: nothing, name: 'All nothing' },
      ],
      permissions: [
        {
          perm: 'articles.add_article',
          name: 'Can add article',
          sources: [{ kind: 'direct' }, group],
        },
        { perm: 'articles.change_article', name: 'Can change article', sources: [group] },
        { perm: 'auth.view_user', name: 'Can view user', sources: [{ kind: 'direct' }] },
      ],
    });
  });

  it('gives a superuser everything as a superuser, whatever is granted besides', async () => {
    const user = await users.createSuperuser({ username: 'all superuser' });
    const group = await makeGroup('All superuser', ['articles.add_article']);
    await joinGroup(user, group);
    const { groups, permissions } = await explainAll(user);
    expect(groups).toEqual([{ id: group, name: 'All superuser' }]);
    expect(permissions.length).toBeGreaterThanOrEqual(ALL.length);
    expect(
      permissions.every(({ sources }) => JSON.stringify(sources) === '[{"kind":"superuser"}]'),
    ).toBe(true);
  });

  it('gives an inactive user groups and no permissions, a stranger neither', async () => {
    const user = await users.createUser({ username: 'all inactive', isActive: false });
    const group = await makeGroup('All inactive', ['articles.add_article']);
    await joinGroup(user, group);
    expect(await explainAll(user)).toEqual({
      groups: [{ id: group, name: 'All inactive' }],
      permissions: [],
    });
    expect(await explainAll(new AnonymousUser())).toEqual({ groups: [], permissions: [] });
  });
});

describe('the cost of permissions', () => {
  const askEverything = async (user: User) => {
    await Promise.all(ALL.map((perm) => user.hasPerm(perm)));
    await user.hasPerms(ALL.slice(0, 3));
    await user.hasModulePerms('articles');
    await user.getAllPermissions();
    await user.getGroupPermissions();
    await explainAll(user);
  };

  it('is one statement per instance of a user, whatever is asked', async () => {
    const user = await users.createUser({ username: 'cost' });
    await joinGroup(user, await makeGroup('Cost', ['articles.add_article']));
    expect(await statementsOf(() => askEverything(user))).toHaveLength(1);
    expect(await statementsOf(() => askEverything(user))).toHaveLength(0);
  });

  it('is nothing for a question about a superuser, a stranger, or an inactive user', async () => {
    const superuser = await users.createSuperuser({ username: 'cost superuser' });
    const inactive = await users.createUser({ username: 'cost inactive', isActive: false });
    const ask = async () => {
      await superuser.hasPerm('articles.add_article');
      await superuser.hasModulePerms('articles');
      await inactive.hasPerm('articles.add_article');
      await new AnonymousUser().hasPerm('articles.add_article');
    };
    expect(await statementsOf(ask)).toEqual([]);
    expect(await statementsOf(() => askEverything(superuser))).toHaveLength(1);
  });

  it('shows a new grant on a freshly loaded user only', async () => {
    const user = await users.createUser({ username: 'cached' });
    expect(await user.hasPerm('articles.view_article')).toBe(false);
    await grant(user, 'articles.view_article');
    expect(await user.hasPerm('articles.view_article')).toBe(false);
    expect(await (await reload(user)).hasPerm('articles.view_article')).toBe(true);
  });

  it('is paid again after a failure, which is not remembered', async () => {
    const user = await users.createUser({ username: 'failing' });
    await grant(user, 'articles.view_article');
    await overrideSettings({ DATABASE_URL: 'mysql://nowhere' }, async () => {
      await expect(user.hasPerm('articles.view_article')).rejects.toThrow('DATABASE_URL');
    });
    expect(await user.hasPerm('articles.view_article')).toBe(true);
  });
});

describe('the places of a refusal', () => {
  it('are every group that holds the permission, the user itself, and being a superuser', async () => {
    const user = await users.createUser({ username: 'places' });
    const a = await makeGroup('Granting A', ['articles.publish_article']);
    const b = await makeGroup('Granting B', ['articles.publish_article', 'articles.view_article']);
    await makeGroup('Granting C', ['articles.view_article']);
    expect((await explain(user, 'articles.publish_article')).places).toEqual([
      { kind: 'superuser' },
      { kind: 'direct' },
      { kind: 'group', id: a, name: 'Granting A' },
      { kind: 'group', id: b, name: 'Granting B' },
    ]);
  });

  it('cost one statement, and only an explanation pays it', async () => {
    const user = await users.createUser({ username: 'places cost' });
    await user.getAllPermissions();
    const perm = 'articles.publish_article';
    expect(await statementsOf(() => user.hasPerm(perm))).toHaveLength(0);
    expect(await statementsOf(() => explain(user, perm))).toHaveLength(1);
  });

  it('count once when two backends read the same tables', async () => {
    const user = await users.createUser({ username: 'places twice' });
    await grant(user, 'articles.view_article');
    const AUTHENTICATION_BACKENDS = ['EmailBackend', 'ModelBackend'];
    await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
      const { places } = await explain(user, 'articles.delete_article');
      expect(places).toEqual([{ kind: 'superuser' }, { kind: 'direct' }]);
      const held = await listPermissions(user);
      expect(held.get('articles.view_article')?.sources).toEqual([{ kind: 'direct' }]);
    });
  });
});
