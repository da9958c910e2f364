import { beforeAll, describe, expect, it } from 'vitest';
import { deleteGroup, deletePermission } from '@/lib/contrib/auth/users/deletion';
import { groups, permissions, users } from '@/lib/contrib/auth/users/managers';
import { ValidationError } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof ValidationError) return error.code;
    throw error;
  }
}

describe('users.createUser', () => {
  it("gives what is left out Django's defaults", async () => {
    const before = Date.now();
    const user = await users.createUser({ username: 'defaults' });
    const fresh = await reload(user);
    expect(fresh).toMatchObject({
      username: 'defaults',
      firstName: '',
      lastName: '',
      email: '',
      isActive: true,
      isStaff: false,
      isSuperuser: false,
      lastLogin: null,
    });
    expect(fresh.hasUsablePassword()).toBe(false);
    expect(fresh.dateJoined.getTime()).toBeGreaterThanOrEqual(before);
    expect(fresh.dateJoined).toEqual(user.dateJoined);
  });

  it('normalises name and address', async () => {
    const user = await users.createUser({ username: 'ｎｆｋｃ', email: ' A@B.COM ' });
    expect([user.username, user.email]).toEqual(['nfkc', 'A@b.com']);
  });

  it('stores the password encoded only', async () => {
    const { id } = await users.createUser({ username: 'encoded', password: 'correct horse' });
    const row = await db.user.findUniqueOrThrow({ where: { id }, omit: { password: false } });
    expect(row.password).toMatch(/^bcrypt_sha256\$\$2b\$04\$/);
    expect(JSON.stringify(row)).not.toContain('correct horse');
  });

  it.each([
    ['', 'required'],
    ['a\0b', 'invalid'],
    ['a'.repeat(151), 'max_length'],
    ['½'.repeat(51), 'max_length'],
    ['𝒳'.repeat(150), 'ok'],
  ])('judges the username %j: %s', async (username, code) => {
    expect(await codeOf(users.createUser({ username }))).toBe(code);
  });

  it('refuses a NUL in the address', async () => {
    expect(await codeOf(users.createUser({ username: 'nul', email: 'a\0@b.com' }))).toBe('invalid');
  });

  it('refuses a name that is taken after normalising, and lets another case pass', async () => {
    await users.createUser({ username: 'taken' });
    expect(await codeOf(users.createUser({ username: 'ｔａｋｅｎ' }))).toBe('unique');
    expect(await codeOf(users.createUser({ username: 'TAKEN' }))).toBe('ok');
  });

  it('makes one of two at once who want the same name', async () => {
    const both = [1, 2].map(() => codeOf(users.createUser({ username: 'at once' })));
    expect((await Promise.all(both)).sort()).toEqual(['ok', 'unique']);
  });
});

describe('users.createSuperuser', () => {
  it('makes staff and superuser, and refuses to make less', async () => {
    const user = await users.createSuperuser({ username: 'super' });
    expect([user.isStaff, user.isSuperuser, user.isActive]).toEqual([true, true, true]);
    for (const less of [{ isStaff: false }, { isSuperuser: false }]) {
      await expect(users.createSuperuser({ username: 'less', ...less })).rejects.toThrow(TypeError);
    }
  });
});

describe('looking up', () => {
  it('finds a user by id and by exact name, else nothing', async () => {
    const user = await users.createUser({ username: 'lookup' });
    expect((await users.getById(user.id))?.username).toBe('lookup');
    expect((await users.getByNaturalKey('lookup'))?.id).toBe(user.id);
    for (const id of [0, -1, 1.5, 2 ** 31, 2_147_483_647, Number.NaN]) {
      expect(await users.getById(id)).toBeNull();
    }
    for (const username of ['Lookup', 'lookup\0', ' lookup', '']) {
      expect(await users.getByNaturalKey(username)).toBeNull();
    }
  });

  it('finds a group by name', async () => {
    const id = await makeGroup('Lookup');
    const group = await groups.getByNaturalKey('Lookup');
    expect([group?.id, String(group), group?.naturalKey()]).toEqual([id, 'Lookup', ['Lookup']]);
    expect(await groups.getByNaturalKey('lookup')).toBeNull();
    expect(await groups.getByNaturalKey('Lookup\0')).toBeNull();
  });

  it('finds a permission by codename, app and model', async () => {
    const permission = await permissions.getByNaturalKey('view_logentry', 'admin', 'logentry');
    expect(permission?.userPermStr).toBe('admin.view_logentry');
    expect(permission?.naturalKey()).toEqual(['view_logentry', 'admin', 'logentry']);
    expect(String(permission)).toBe('Administration | log entry | Can view log entry');
    expect(await permissions.getByNaturalKey('view_logentry', 'admin', 'user')).toBeNull();
  });
});

describe('User.save', () => {
  it('writes the named fields only, or all', async () => {
    const user = await users.createUser({ username: 'save' });
    await db.user.update({ where: { id: user.id }, data: { lastName: 'Elsewhere' } });
    user.firstName = 'Ada';
    user.lastName = 'Here';
    await user.save(['firstName']);
    expect((await reload(user)).getFullName()).toBe('Ada Elsewhere');
    await user.save();
    expect((await reload(user)).getFullName()).toBe('Ada Here');
  });

  it('throws when the row is gone', async () => {
    const user = await users.createUser({ username: 'save gone' });
    await user.delete();
    await expect(user.save()).rejects.toThrow('no longer exists');
  });
});

describe('deleting', () => {
  it('a user takes memberships, grants, sessions and its own log entries, and nothing else', async () => {
    const [user, other] = [
      await users.createUser({ username: 'delete' }),
      await users.createUser({ username: 'delete other' }),
    ];
    const group = await makeGroup('Delete');
    const log = { actionTime: new Date(), objectRepr: 'delete', actionFlag: 2, changeMessage: '' };
    const session = {
      sessionData: '{}',
      created: new Date(),
      lastSeen: new Date(),
      expireDate: new Date(),
      ipAddress: '',
      userAgent: '',
    };
    for (const [i, { id }] of [user, other].entries()) {
      await db.logEntry.create({ data: { ...log, objectId: String(user.id), userId: id } });
      await db.session.create({ data: { ...session, sessionKey: `delete ${i}`, userId: id } });
    }
    for (const one of [user, other]) {
      await joinGroup(one, group);
      await grant(one, 'articles.view_article');
    }
    const article = {
      title: 't',
      body: '',
      isPublished: true,
      created: new Date(),
      modified: new Date(),
    };
    const { id: articleId } = await db.article.create({ data: { ...article, authorId: user.id } });

    expect(await user.delete()).toBe(true);
    expect(await users.getById(user.id)).toBeNull();
    const where = { where: { userId: user.id } };
    const left = { where: { userId: other.id } };
    for (const scope of [where, left]) {
      const counts = [
        await db.userGroup.count(scope),
        await db.userPermission.count(scope),
        await db.logEntry.count(scope),
        await db.session.count(scope),
      ];
      expect(counts).toEqual(scope === left ? [1, 1, 1, 1] : [0, 0, 0, 0]);
    }
    expect(await groups.getByNaturalKey('Delete')).not.toBeNull();
    expect((await db.article.findUniqueOrThrow({ where: { id: articleId } })).authorId).toBeNull();
    expect(await user.delete()).toBe(false);
  });

  it('a group takes memberships and grants; its members stay', async () => {
    const user = await users.createUser({ username: 'delete group' });
    const id = await makeGroup('Delete group', ['articles.view_article']);
    await joinGroup(user, id);
    expect(await (await groups.getByNaturalKey('Delete group'))?.delete()).toBe(true);
    expect(await reload(user)).toBeTruthy();
    expect(await (await reload(user)).getAllPermissions()).toEqual(new Set());
    expect(await deleteGroup(id)).toBe(false);
  });

  it('a permission takes the grants to users and groups', async () => {
    const user = await users.createUser({ username: 'delete permission' });
    const group = await makeGroup('Delete permission', ['sessions.add_session']);
    await joinGroup(user, group);
    await grant(user, 'sessions.add_session');
    const id = await permissionId('sessions.add_session');
    const permission = await permissions.getByNaturalKey('add_session', 'sessions', 'session');
    expect(await permission?.delete()).toBe(true);
    expect(await user.getAllPermissions()).toEqual(new Set());
    expect(await deletePermission(id)).toBe(false);
  });
});
