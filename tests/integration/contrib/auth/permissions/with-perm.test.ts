import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerBackend } from '@/lib/contrib/auth/backends';
import { permissions, users } from '@/lib/contrib/auth/users/managers';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { grant, joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

const PERM = 'articles.change_article';
const twoBackends = { AUTHENTICATION_BACKENDS: ['ModelBackend', 'Mute'] };

beforeAll(() => registerBackend({ name: 'Mute' }));
beforeAll(async () => {
  const tearDown = await freshDatabase();
  await grant(await users.createUser({ username: 'joe' }), PERM);
  await users.createSuperuser({ username: 'su' });
  await users.createSuperuser({ username: 'sui', isActive: false });
  await grant(await users.createUser({ username: 'ina', isActive: false }), PERM);
  await users.createUser({ username: 'nobody' });
  return tearDown;
});

async function names(...asked: Parameters<typeof users.withPerm>): Promise<string[]> {
  return (await users.withPerm(...asked)).map(({ username }) => username).sort();
}

describe('withPerm', () => {
  it.each([
    ['by default', PERM, {}, ['joe', 'su']],
    ['active or not', PERM, { isActive: null }, ['ina', 'joe', 'su', 'sui']],
    ['inactive', PERM, { isActive: false }, ['ina', 'sui']],
    ['without superusers', PERM, { includeSuperusers: false }, ['joe']],
    ['on an object', PERM, { obj: { id: 1 } }, []],
    ['of an unknown codename', 'articles.fly', { includeSuperusers: false }, []],
    ['of an unknown codename, with superusers', 'articles.fly', {}, ['su']],
    ['with NUL', 'articles.\0', { includeSuperusers: false }, []],
  ])('%s', async (_what, perm, query, expected) => {
    expect(await names(perm, query)).toEqual(expected);
  });

  it('takes a permission for itself, and counts its groups', async () => {
    const view = await permissions.getByNaturalKey('view_article', 'articles', 'article');
    if (!view) throw new Error('The permission is gone.');
    const member = await users.createUser({ username: 'member' });
    for (const name of ['Readers', 'More readers']) {
      await joinGroup(member, await makeGroup(name, [view.userPermStr]));
    }
    await grant(member, view.userPermStr);
    const statements = await statementsOf(async () => {
      expect(await names(view, { includeSuperusers: false })).toEqual(['member']);
    });
    expect(statements).toHaveLength(1);
  });

  it('tells two models of an app with one codename apart only by the permission itself', async () => {
    const make = async (model: string) => {
      const { id } = await db.contentType.create({ data: { appLabel: 'twice', model } });
      const data = { contentTypeId: id, codename: 'approve', name: 'Approve' };
      await db.permission.create({ data });
      return permissions.getByNaturalKey('approve', 'twice', model);
    };
    const [a, b] = [await make('a'), await make('b')];
    if (!a || !b) throw new Error('No permissions');
    const holder = await users.createUser({ username: 'approver' });
    await db.userPermission.create({ data: { userId: holder.id, permissionId: a.id } });
    const query = { includeSuperusers: false };
    expect(await names('twice.approve', query)).toEqual(['approver']);
    expect(await names(a, query)).toEqual(['approver']);
    expect(await names(b, query)).toEqual([]);
  });

  it.each(['x', 'a.b.c', ''])('refuses %j, which is no permission', async (perm) => {
    await expect(users.withPerm(perm)).rejects.toThrow(TypeError);
  });

  it('wants to be told the backend when there are several', async () => {
    await overrideSettings(twoBackends, async () => {
      await expect(users.withPerm(PERM)).rejects.toThrow(TypeError);
      expect(await names(PERM, { backend: 'ModelBackend' })).toEqual(['joe', 'su']);
      expect(await names(PERM, { backend: 'Mute' })).toEqual([]);
      await expect(users.withPerm(PERM, { backend: 'None' })).rejects.toThrow(ImproperlyConfigured);
    });
  });
});
