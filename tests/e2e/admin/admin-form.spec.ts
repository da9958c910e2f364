import type { User } from '@/lib/contrib/auth/models';
import { decodeMessages } from '@/lib/contrib/messages/storage';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { formsIn, mainOf } from '../../support/admin-script/page-forms';
import { filled } from '../../support/admin-script/plain-browser';
import type { RawAnswer } from '../../support/attack/raw-form';
import { ageSessions } from '../../support/e2e/age-sessions';
import { Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from '../fixtures';

async function visitor(origin: string, user: User): Promise<Visitor> {
  return new Visitor(origin, `${sessionCookieName(false)}=${await sealedSession(user)}`);
}

function messagesOf({ headers }: RawAnswer): string[] {
  const cookie = headers['set-cookie']?.find((each) => each.startsWith('gatehouse_messages='));
  return decodeMessages(cookie?.split(/[=.;]/)[1]).map(({ text }) => text);
}

const PASSWORDS = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };

test.describe('without a browser @javascript-only', () => {
  test('adding a user takes two steps, and says so', async ({ server }) => {
    const root = await createUser({ isStaff: true, isSuperuser: true });
    const superuser = await visitor(server.url, root.user);
    const path = '/admin/auth/user/add/';
    const form = await superuser.form(path, 'password1');
    const username = `added-${root.user.id}`;
    const forged = { ...PASSWORDS, username, is_superuser: 'on', is_staff: 'on', _save: 'Save' };
    const added = await superuser.post(path, withFields(form, forged));
    const row = await db.user.findUniqueOrThrow({ where: { username } });
    expect(row).toMatchObject({ isActive: true, isStaff: false, isSuperuser: false });
    expect([added.status, added.headers.location]).toEqual([
      303,
      `/admin/auth/user/${row.id}/change/`,
    ]);
    expect(messagesOf(added)[0]).toContain(`The user “${username}” was added successfully.`);

    const another = { ...PASSWORDS, username: `${username}-2`, _addanother: 'x' };
    expect((await superuser.post(path, withFields(form, another))).headers.location).toBe(path);
    const again = await superuser.post(path, withFields(form, forged));
    expect(again.body).toContain('A user with that username already exists.');
    expect(again.body).not.toContain(PASSWORDS.password1);
  });

  test('saving leads to the list as it was, to the form again or to a new one', async ({
    server,
  }) => {
    const root = await createUser({ isStaff: true, isSuperuser: true });
    const superuser = await visitor(server.url, root.user);
    const { id } = await db.group.create({ data: { name: 'Kept' } });
    const list = '/admin/auth/group/';
    const path = `${list}${id}/change/`;
    const filtered = `${path}?_changelist_filters=q%3Dke%26p%3D1`;
    const fields = await superuser.form(filtered, '_model');
    const places: [string, string][] = [
      ['_save', `${list}?q=ke&p=1`],
      ['_continue', path],
      ['_addanother', `${list}add/`],
    ];
    for (const [button, place] of places) {
      const current = withFields(fields, { [button]: 'x', name: `Kept ${button}` });
      const fresh = (await superuser.form(path, '_model')).filter(([name]) => name === '_version');
      const { status, headers } = await superuser.post(
        filtered,
        withFields(current, Object.fromEntries(fresh)),
      );
      expect([button, status, headers.location]).toEqual([button, 303, place]);
    }
  });

  test('an old sign-in asks for the password again before it grants anything', async ({
    server,
  }) => {
    const { user, password } = await createUser({ isStaff: true, isSuperuser: true });
    const superuser = await visitor(server.url, user);
    const { user: target } = await createUser();
    const path = `/admin/auth/user/${target.id}/change/`;
    const isStaff = async () =>
      (await db.user.findUniqueOrThrow({ where: { id: target.id } })).isStaff;

    expect((await superuser.get(path)).body).not.toContain('name="confirm_password"');
    await ageSessions(user, 31);
    // Nothing is asked of who may save without it.
    expect((await superuser.get(path)).body).not.toContain('name="confirm_password"');
    const fields = await superuser.form(path, '_model');
    const raised = { is_staff: 'on', first_name: 'Typed' };
    for (const confirm_password of ['', 'wrong-secret', 'a\0b']) {
      const answer = await superuser.post(
        path,
        withFields(fields, { ...raised, confirm_password }),
      );
      expect([confirm_password, answer.status, await isStaff()]).toEqual([
        confirm_password,
        200,
        false,
      ]);
      expect(answer.body).toContain('name="confirm_password"');
      expect(answer.body).toContain('value="Typed"');
      expect(answer.body).not.toContain('wrong-secret');
    }
    const plain = await superuser.post(path, withFields(fields, { last_name: 'Plain' }));
    expect(plain.status).toBe(303);
    const fresh = await superuser.form(path, '_model');
    const right = await superuser.postRead(
      path,
      withFields(fresh, { ...raised, confirm_password: password }),
    );
    expect([right.status, await isStaff()]).toEqual([303, true]);
    // It counts for the next half an hour.
    expect((await superuser.get(path)).body).not.toContain('name="confirm_password"');
  });

  test('an old sign-in sets nobody’s password, and saves no matrix, without it', async ({
    server,
  }) => {
    const { user: target } = await createUser();
    const group = await db.group.create({ data: { name: `aged ${target.username}` } });
    const secrets = () =>
      Promise.all([
        db.user.findUnique({ where: { id: target.id }, select: { password: true } }),
        db.groupPermission.count({ where: { groupId: group.id } }),
      ]);
    const before = await secrets();
    const people = [1, 2].map(() => createUser({ isStaff: true, isSuperuser: true }));
    const [setter, giver] = await Promise.all(people);
    if (!setter || !giver) throw new Error('Nobody was made.');
    const [sets, gives] = [
      await visitor(server.url, setter.user),
      await visitor(server.url, giver.user),
    ];
    await ageSessions(setter.user, 31);
    await ageSessions(giver.user, 31);
    const path = `/admin/auth/user/${target.id}/password/`;
    const typed = { ...PASSWORDS, 'set-password': 'set' };
    const fields = withFields(await sets.form(path, 'password1'), typed);
    const matrix = `/admin/auth/matrix/?group=${group.id}`;
    const ticked = withFields(await gives.form(matrix, 'before'), { permissions: ['1'] });
    const review = await gives.post(matrix, ticked);
    const form = formsIn(mainOf(review.body)).find(({ method }) => method === 'post');
    if (!form) throw new Error(`There is nothing to review (${review.status}).`);

    expect((await sets.post(path, fields)).status).toBe(200);
    expect((await gives.post(matrix, filled(form, {}, '_save'))).status).toBe(200);
    expect(await secrets()).toEqual(before);
    const confirmed = withFields(fields, { confirm_password: setter.password });
    expect((await sets.post(path, confirmed)).status).toBe(303);
    const saved = filled(form, { confirm_password: giver.password }, '_save');
    expect((await gives.post(matrix, saved)).status).toBe(303);
    const [now, count] = await secrets();
    expect([now?.password === before[0]?.password, count]).toEqual([false, 1]);
  });

  test('guessing the password at that field is slowed down', async ({ server }) => {
    const { user } = await createUser({ isStaff: true, isSuperuser: true });
    const superuser = await visitor(server.url, user);
    const { user: target } = await createUser();
    const path = `/admin/auth/user/${target.id}/change/`;
    await ageSessions(user, 31);
    const fields = await superuser.form(path, '_model');
    const statuses: number[] = [];
    for (let tried = 0; tried < 8; tried += 1) {
      const guess = { is_staff: 'on', confirm_password: `guess ${tried}` };
      statuses.push((await superuser.post(path, withFields(fields, guess))).status);
    }
    expect(statuses).toContain(429);
  });

  test('the password page: what it takes, and what it ends', async ({ server }) => {
    const { user, password } = await createUser({ isStaff: true, isSuperuser: true });
    const superuser = await visitor(server.url, user);
    const { user: target } = await createUser();
    const theirs = await visitor(server.url, target);
    expect((await theirs.get('/dashboard/')).status).toBe(200);
    const path = `/admin/auth/user/${target.id}/password/`;
    const fields = await superuser.form(path, 'password1');

    const conflicting = await superuser.post(
      path,
      withFields(fields, { usable_password: 'false' }),
    );
    expect([conflicting.status, conflicting.headers.location]).toEqual([303, path]);
    expect(messagesOf(conflicting)).toEqual(['Conflicting form data submitted. Please try again.']);
    const weak = { password1: '12345', password2: '12345', 'set-password': 'set' };
    expect((await superuser.post(path, withFields(fields, weak))).status).toBe(200);
    expect((await theirs.get('/dashboard/')).status).toBe(200);

    const set = await superuser.post(
      path,
      withFields(fields, { ...PASSWORDS, 'set-password': 'set' }),
    );
    expect(set.headers.location).toBe(`/admin/auth/user/${target.id}/change/`);
    expect((await theirs.get('/dashboard/')).status).not.toBe(200);

    await ageSessions(user, 31);
    const none = { usable_password: 'false', 'unset-password': 'unset' };
    expect((await superuser.post(path, withFields(fields, none))).status).toBe(200);
    const confirmed = { ...none, confirm_password: password };
    expect((await superuser.post(path, withFields(fields, confirmed))).status).toBe(303);
    const row = await db.user.findUniqueOrThrow({
      where: { id: target.id },
      omit: { password: false },
    });
    expect(row.password).toMatch(/^!/);
    // Without a password there is none to disable.
    expect((await superuser.get(path)).body).not.toContain('unset-password');
  });

  test('the search of a field is answered to who may see such rows', async ({ server }) => {
    const query = 'app_label=articles&model_name=article&field_name=author';
    const path = `/admin/autocomplete/?${query}&term=`;
    const { user } = await createUser({ isStaff: true, permissions: ['auth.view_user'] });
    const clerk = await visitor(server.url, user);
    const found = JSON.parse((await clerk.get(`${path}${user.username}`)).body);
    expect(found).toEqual({
      results: [{ id: String(user.id), text: user.username }],
      pagination: { more: false },
    });
    const { user: other } = await createUser({
      isStaff: true,
      permissions: ['articles.change_article'],
    });
    expect((await (await visitor(server.url, other)).get(path)).status).toBe(403);
    for (const wrong of ['field_name=title', 'field_name=password', 'model_name=nothing', '']) {
      const address = `/admin/autocomplete/?app_label=articles&model_name=article&${wrong}`;
      expect([wrong, (await clerk.get(address)).status]).toEqual([wrong, 403]);
    }
    expect((await clerk.get(`${path}%00`)).status).toBe(400);
  });
});

test('the two boxes are filled by keyboard, and keep what was chosen over an error @javascript-only', async ({
  page,
  login,
}) => {
  const root = await createUser({ isStaff: true, isSuperuser: true });
  const { user: target } = await createUser();
  await login(root.user);
  await page.goto(`/admin/auth/user/${target.id}/change/`);
  const permissions = page.getByRole('group', { name: 'User permissions' });
  await permissions.getByLabel('Filter available').fill('view group');
  await permissions.getByRole('listbox', { name: 'Available' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const chosen = permissions.getByRole('listbox', { name: 'Chosen' });
  await expect(chosen.getByRole('option')).toHaveText(['auth | group | Can view group']);

  await page.getByLabel('Email address').fill('nowhere');
  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await expect(page.getByRole('alert').getByText('not a valid email address')).toBeVisible();
  await expect(chosen.getByRole('option')).toHaveText(['auth | group | Can view group']);
  await page.getByLabel('Email address').fill('');
  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await page.getByRole('button', { name: 'Save these changes' }).click();
  const message = page.getByRole('status').filter({ hasText: 'was changed successfully' });
  await expect(message.getByRole('link', { name: target.username })).toBeVisible();
  expect(await db.userPermission.count({ where: { userId: target.id } })).toBe(1);
});

test('an author is found while typing @javascript-only', async ({ page, login }) => {
  const root = await createUser({ isStaff: true, isSuperuser: true });
  const { user: author } = await createUser();
  await login(root.user);
  await page.goto('/admin/articles/article/add/');
  await page.getByLabel('Title').fill('Found');
  await page.getByLabel('Body').fill('Text');
  await page.getByRole('combobox', { name: 'Author' }).fill(author.username.slice(0, 10));
  await page.getByRole('option', { name: author.username }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/admin/articles/article/');
  expect(await db.article.count({ where: { title: 'Found', authorId: author.id } })).toBe(1);
});
