import { beforeAll, describe, expect, it } from 'vitest';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { objectHistory } from '@/lib/contrib/admin/history';
import { addUser } from '@/lib/contrib/auth/admin/add-user';
import { AdminPasswordForm, newUserForm } from '@/lib/contrib/auth/admin/new-user-form';
import { setUserPassword } from '@/lib/contrib/auth/admin/set-password';
import { isPasswordUsable } from '@/lib/contrib/auth/hashers';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens, signIn } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

describe('newUserForm', () => {
  it.each([
    [{}, ['username', 'password1', 'password2']],
    [{ username: 'new', password1: 'Long-enough-1', password2: 'another' }, ['password2']],
    [{ username: 'new', password1: '12345', password2: '12345' }, ['password2']],
    [
      { username: 'new', password1: 'a\0bcdefgh', password2: 'a\0bcdefgh' },
      ['password1', 'password2'],
    ],
    [{ username: 'no spaces', usable_password: 'false' }, ['username']],
    [{ username: 'new', usable_password: 'false', password1: 'x' }, []],
    [{ username: 'new', password1: 'Long-enough-1', password2: 'Long-enough-1' }, []],
  ])('says of %j what is wrong with it', async (typed, wrong) => {
    const { error } = await newUserForm().safeParseAsync(typed);
    const fields = (error?.issues ?? []).map(({ path }) => path[0]);
    expect([...new Set(fields)].sort()).toEqual([...wrong].sort());
  });

  it('compares a password with the name it is for', async () => {
    const user = await users.createUser({ username: 'magdalena' });
    const typed = { password1: 'magdalena1', password2: 'magdalena1' };
    expect((await AdminPasswordForm(user).safeParseAsync(typed)).success).toBe(false);
    const added = { ...typed, username: 'magdalena' };
    expect((await newUserForm().safeParseAsync(added)).success).toBe(false);
  });
});

describe('addUser', () => {
  it('adds somebody who is active and nothing else, and notes it', async () => {
    const by = await makeStaff('auth.add_user', 'auth.change_user');
    const added = await addUser(requestOf(by), { username: 'ada', password: 'Long-enough-1' });
    if (!('id' in added)) throw new Error(added.error);
    const user = await users.getById(added.id);
    expect(user).toMatchObject({ isActive: true, isStaff: false, isSuperuser: false });
    expect(await user?.checkPassword('Long-enough-1')).toBe(true);
    const { entries } = await objectHistory(screens('auth.user'), added.id, 1);
    expect(entries.map(({ changeMessage }) => changeMessage)).toEqual(['[{"added": {}}]']);
    expect(await eventsAbout(added.id)).toMatchObject([{ event: 'user_created', actorId: by.id }]);
  });

  it('gives a password that cannot be used if none is wanted', async () => {
    const by = await makeSuperuser();
    await addUser(requestOf(by), { username: 'bob', password: null });
    const user = await users.getByNaturalKey('bob');
    expect(user?.encodedPassword()).toMatch(/^!.{40}$/);
  });

  it('lets one of two who take a name at once have it', async () => {
    const by = requestOf(await makeSuperuser());
    const wanted = { username: 'taken', password: null };
    const added = await Promise.all([addUser(by, wanted), addUser(by, wanted)]);
    const errors = added.flatMap((each) => ('error' in each ? [each.error] : []));
    expect(errors).toEqual(['A user with that username already exists.']);
  });
});

describe('setUserPassword', () => {
  it("ends the target's sessions, and not one's own", async () => {
    const [target, by] = [await users.createUser({ username: 'target' }), await makeSuperuser()];
    await signIn(target);
    const request = await signIn(by);
    await setUserPassword(request, target, 'Long-enough-1');
    expect(await db.session.count({ where: { userId: target.id } })).toBe(0);
    expect(await db.session.count({ where: { userId: by.id } })).toBe(1);
    expect(await (await reload(target)).checkPassword('Long-enough-1')).toBe(true);
    const { entries } = await objectHistory(screens('auth.user'), target.id, 1);
    expect(entries.at(-1)?.changeMessage).toBe('[{"changed": {"fields": ["password"]}}]');
    expect((await eventsAbout(target.id)).at(-1)).toMatchObject({
      event: 'authn_password_change',
      actorId: by.id,
    });
  });

  it("never sets one's own, which takes the old one", async () => {
    for (const by of [await makeSuperuser(), await makeStaff('auth.change_user')]) {
      const request = await signIn(by);
      const before = (await reload(by)).encodedPassword();
      await expect(setUserPassword(request, by, 'Long-enough-1')).rejects.toThrow(PermissionDenied);
      expect((await reload(by)).encodedPassword()).toBe(before);
      expect(await db.session.count({ where: { userId: by.id } })).toBe(1);
    }
  });

  it('takes a password away', async () => {
    const target = await users.createUser({ username: 'without', password: 'Long-enough-1' });
    expect(await setUserPassword(await signIn(await makeSuperuser()), target, null)).toBe(true);
    expect(isPasswordUsable((await reload(target)).encodedPassword())).toBe(false);
  });

  it('changes nothing for a user who became a superuser while the form was open', async () => {
    const target = await users.createUser({ username: 'promoted' });
    await db.user.update({ where: { id: target.id }, data: { isSuperuser: true } });
    const request = await signIn(await makeStaff('auth.change_user'));
    await expect(setUserPassword(request, target, null)).rejects.toThrow(PermissionDenied);
    expect(await eventsAbout(target.id)).toEqual([]);
  });

  it('changes nothing for a user who is gone', async () => {
    const target = await users.createUser({ username: 'gone' });
    await target.delete();
    expect(await setUserPassword(await signIn(await makeSuperuser()), target, null)).toBe(false);
    expect(await eventsAbout(target.id)).toEqual([]);
  });
});

describe('the rules about privileges', () => {
  it('hold for the form of a user, and say at which field', async () => {
    const by = await makeStaff('auth.change_user');
    const target = await users.createUser({ username: 'raised' });
    const groupId = await makeGroup('mighty', ['auth.delete_user']);
    const asked: [Record<string, string>, string][] = [
      [{ is_superuser: 'on' }, 'is_superuser'],
      [{ user_permissions: String(await permissionId('auth.delete_user')) }, 'user_permissions'],
      [{ groups: String(groupId) }, 'groups'],
    ];
    for (const [fields, field] of asked) {
      const form = formOf({ username: 'raised', is_active: 'on', ...fields });
      const saved = await saveObject(screens('auth.user'), requestOf(by), {
        id: target.id,
        form,
        isFresh: true,
      });
      expect(saved).toMatchObject({ kind: 'refused', errors: { [field]: [expect.any(String)] } });
    }
    expect(await eventsAbout(target.id)).toEqual([]);
  });

  it('hold for the form of a group', async () => {
    const by = await makeStaff('auth.change_group');
    const id = await makeGroup('weak');
    const permissions = String(await permissionId('auth.delete_user'));
    const form = formOf({ name: 'weak', permissions });
    const wanted = { id, form, isFresh: true };
    const saved = await saveObject(screens('auth.group'), requestOf(by), wanted);
    expect(saved).toMatchObject({ kind: 'refused', errors: { permissions: [expect.any(String)] } });
  });

  it('hold for deleting a superuser', async () => {
    const by = await makeStaff('auth.delete_user', 'auth.view_user');
    const target = await makeSuperuser();
    const { count, refusals } = await deleteRows(screens('auth.user'), [target.id], requestOf(by));
    expect([count, refusals.length]).toEqual([0, 1]);
  });
});

describe('objectHistory', () => {
  it('is oldest first, a hundred to a page, and takes any page for one', async () => {
    const by = await makeSuperuser();
    const admin = screens('auth.group');
    const id = await makeGroup('old');
    const contentType = await db.contentType.findFirstOrThrow({ where: { model: 'group' } });
    await db.logEntry.createMany({
      data: Array.from({ length: 130 }, (_, day) => ({
        actionTime: new Date(Date.UTC(2020, 0, 1 + day)),
        userId: by.id,
        contentTypeId: contentType.id,
        objectId: String(id),
        objectRepr: 'old',
        actionFlag: 2,
        changeMessage: `day ${day}`,
      })),
    });
    const daysOn = async (page: number) => {
      const { entries, ...rest } = await objectHistory(admin, id, page);
      return [entries[0]?.changeMessage, entries.length, rest.page, rest.pageCount];
    };
    expect(await daysOn(1)).toEqual(['day 0', 100, 1, 2]);
    expect(await daysOn(2)).toEqual(['day 100', 30, 2, 2]);
    for (const page of [0, -1, Number.NaN]) expect((await daysOn(page))[2]).toBe(1);
    expect((await daysOn(99))[2]).toBe(2);
  });
});
