import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteAction, saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { setPasswordAction } from '@/app/(admin)/admin/auth/user/actions';
import { overrideSettings } from '@/lib/conf/settings';
import { setUserPassword } from '@/lib/contrib/auth/admin/set-password';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { sendRead } from '@/tests/support/admin/read-review';
import { makeStaff, requestOf, screens } from '@/tests/support/admin/staff';
import { grant, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { browser, CHEAP } from './browser';

const NEW = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };

let made = 0;
let root: User;
let clerk: User;
let equal: User;
let mightier: User;

/** Of a site with a superuser: a clerk who changes and deletes users, and people of less and more. */
beforeAll(async () => {
  const tearDown = await freshDatabase();
  await overrideSettings(CHEAP, async () => {
    root = await users.createSuperuser({ username: 'root', password: 'root has one' });
  });
  return tearDown;
});

beforeEach(async () => {
  made += 1;
  clerk = await makeStaff('auth.view_user', 'auth.change_user', 'auth.delete_user');
  await overrideSettings(CHEAP, async () => {
    equal = await users.createUser({ username: `equal${made}`, password: 'some password' });
    mightier = await users.createUser({ username: `mightier${made}`, password: 'some password' });
  });
  await grant(mightier, 'auth.view_group');
});

const stored = ({ id }: User) =>
  db.user.findUniqueOrThrow({ where: { id }, omit: { password: false } });

async function setPassword(by: User, whom: User) {
  const form = formOf({ _id: [whom.id], 'set-password': 'set', ...NEW });
  return browser(await browserOf(by)).send(() => setPasswordAction(emptyFormState, form));
}

async function save(by: User, whom: User, fields: Fields) {
  const shown = await untouched(screens('auth.user'), whom.id);
  const form = formOf({ ...shown, _model: 'auth.user', _id: [whom.id], ...fields });
  const mine = browser(await browserOf(by));
  return sendRead(form, (sent) => mine.send(() => saveAction(emptyFormState, sent)));
}

describe('a clerk who may change users', () => {
  it('sets the password of whoever holds no more, and of nobody else', async () => {
    expect((await setPassword(clerk, equal)).status).toBe(303);
    for (const whom of [mightier, root, clerk]) {
      const before = await stored(whom);
      await setPassword(clerk, whom);
      expect((await stored(whom)).password).toBe(before.password);
    }
  });

  it('is asked about as they are by then, when the password is written', async () => {
    for (const whom of [mightier, root]) {
      const before = await stored(whom);
      const written = overrideSettings(CHEAP, () =>
        setUserPassword({ ...requestOf(clerk), user: clerk }, whom, 'Other-1'),
      );
      await expect(written).rejects.toThrow(PermissionDenied);
      expect((await stored(whom)).password).toBe(before.password);
    }
  });

  it('makes nobody a superuser', async () => {
    await save(clerk, equal, { is_superuser: 'on' });
    expect((await stored(equal)).isSuperuser).toBe(false);
  });

  it('changes nothing about a superuser', async () => {
    await save(clerk, root, { first_name: 'Robbed' });
    await save(clerk, root, { username: 'robbed' });
    expect(await stored(root)).toMatchObject({ username: 'root', firstName: '' });
    const form = formOf({ _model: 'auth.user', _id: [root.id], post: 'yes' });
    await browser(await browserOf(clerk)).send(() => deleteAction(emptyFormState, form));
    expect(await db.user.count({ where: { id: root.id } })).toBe(1);
  });

  it('gives what they hold, and nothing else', async () => {
    await save(clerk, equal, { user_permissions: [await permissionId('auth.view_group')] });
    expect(await db.userPermission.count({ where: { userId: equal.id } })).toBe(0);
    await save(clerk, equal, { user_permissions: [await permissionId('auth.view_user')] });
    expect(await db.userPermission.count({ where: { userId: equal.id } })).toBe(1);
  });

  it('raises not even themselves', async () => {
    const held = await db.userPermission.count({ where: { userId: clerk.id } });
    await save(clerk, clerk, { user_permissions: [await permissionId('auth.view_user')] });
    await save(clerk, clerk, { is_superuser: 'on' });
    expect((await stored(clerk)).isSuperuser).toBe(false);
    expect(await db.userPermission.count({ where: { userId: clerk.id } })).toBeLessThanOrEqual(
      held,
    );
  });
});

describe('staff who may not change users', () => {
  it('change nobody, and are told so with 403', async () => {
    const reader = await makeStaff('auth.view_user');
    expect((await save(reader, equal, { first_name: 'Robbed' })).status).toBe(403);
    expect((await setPassword(reader, equal)).status).toBe(403);
    expect((await stored(equal)).firstName).toBe('');
  });
});

it('a superuser who is inactive holds nothing', async () => {
  await db.user.update({ where: { id: equal.id }, data: { isSuperuser: true, isActive: false } });
  expect(await (await reload(equal)).hasPerm('auth.view_group')).toBe(false);
});
