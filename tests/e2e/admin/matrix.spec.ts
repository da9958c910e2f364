import type { PermissionName } from '@/lib/apps/installed';
import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import type { Visitor } from '../../support/e2e/visitor';
import { expect, test, visitorOf } from '../fixtures';

const STAFF: PermissionName[] = ['auth.change_group', 'auth.view_group', 'articles.add_article'];

async function codenames(name: string): Promise<string[]> {
  const held = await db.groupPermission.findMany({
    where: { group: { name } },
    select: { permission: { select: { codename: true } } },
  });
  return held.map(({ permission }) => permission.codename).sort();
}

async function idsOf(...names: string[]): Promise<number[]> {
  const found = await db.group.findMany({ where: { name: { in: names } } });
  return found.map(({ id }) => id);
}

test('the keyboard alone gives and takes, reviews and saves', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser({ isStaff: true, permissions: [...STAFF, 'auth.view_user'] });
  const { username: member } = await createUser({ groups: ['Wörterbuchredaktion', 'محررون'] });
  // Other tests of this worker have made groups too, and the page shows twenty.
  const ids = await idsOf('Wörterbuchredaktion', 'محررون');
  const groups = ids.length;
  await login(user);
  await page.goto(`/admin/auth/matrix/?only=${ids}`);
  await expect(page.getByRole('grid')).toBeVisible();
  expect(await faultsOf(page)).toEqual({});

  await page.getByLabel('Filter').fill('article');
  await page.getByLabel('Filter').press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Articles' })).toBeFocused();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Shift+End', 'Space']) {
    await page.keyboard.press(key);
  }
  const box = page.getByRole('checkbox', { name: /^Wörterbuchredaktion, Can add article/ });
  await expect(box).toHaveAttribute('aria-checked', 'true');
  await expect(box).toHaveAttribute('data-changed', 'true');
  const locked = page.getByRole('checkbox', { name: /^Wörterbuchredaktion, Can delete article/ });
  // A refused cell calls itself disabled, for which a click would wait.
  await locked.click({ force: true });
  await expect(locked).toHaveAttribute('aria-checked', 'false');
  await expect(locked).toHaveAttribute('title', /do not hold articles.delete_article/);
  await expect(page.getByText(`+${groups} −0, unsaved`)).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('gridcell').locator(':focus')).toHaveCount(1);
  for (const key of ['ArrowUp', 'ArrowUp', 'Home', 'ArrowRight', 'Shift+End', 'Space']) {
    await page.keyboard.press(key);
  }

  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { name: 'Review changes' })).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('body');
  await expect(page.getByRole('main')).toContainText(new RegExp(`${member}.* gains? it`));
  expect(await faultsOf(page)).toEqual({});
  await page.getByRole('button', { name: 'Back to the changes' }).click();
  await expect(page.getByText(`+${groups} −0, unsaved`)).toBeVisible();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: `Give ${groups} permissions` }).click();
  await expect(page.getByText(`${groups} given, 0 taken away`)).toBeVisible();
  await expect(page.getByText('Nothing is changed.')).toBeVisible();
  expect(await codenames('محررون')).toEqual(['add_article']);
});

test('a cell leads to the reasons and to everybody else, and keeps what is staged', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser({ isStaff: true, permissions: [...STAFF, 'auth.view_user'] });
  const { user: member, username } = await createUser({ groups: ['Gatekeepers'] });
  await login(user);
  await page.goto(`/admin/auth/user/${member.id}/change/`);
  await page.getByText('Actions', { exact: true }).click();
  await page.getByRole('link', { name: 'Permission matrix' }).last().click();
  await expect(page).toHaveURL(`/admin/auth/matrix/?user=${member.id}`);
  await page.getByRole('checkbox', { name: /^In effect, Can add article/ }).click();
  await expect(page.getByText('articles.add_article, not held')).toBeVisible();
  // Who may not view permissions is not led to a refusal.
  await expect(page.getByRole('link', { name: 'Who has it' })).toBeHidden();
  await page.getByRole('link', { name: 'Why not' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(username);
  await expect(page.getByRole('main')).toContainText('articles.add_article');

  await grantToUser(user.id, 'view_permission');
  await page.goto('/admin/auth/matrix/?groups=Gatekeepers');
  await page.getByRole('checkbox', { name: /^Gatekeepers, Can add article/ }).click();
  await expect(page.getByText('held, changed, unsaved')).toBeVisible();
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Who has it' }).click();
  await expect((await opened).getByRole('heading', { level: 1 })).toHaveText(
    'Who holds articles.add_article',
  );
  await expect(page.getByText('+1 −0, unsaved')).toBeVisible();
  // What is staged goes along to other columns, and is asked about nowhere on the way.
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL('/admin/auth/matrix/');
  await expect(page.getByText('+1 −0, unsaved')).toBeVisible();
});

async function grantToUser(userId: number, codename: string): Promise<void> {
  const { id } = await db.permission.findFirstOrThrow({ where: { codename } });
  await db.userPermission.create({ data: { userId, permissionId: id } });
}

test('without JavaScript one group has a form, and the same review', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser({ isStaff: true, permissions: STAFF });
  await createUser({ groups: ['Plain group'] });
  await login(user);
  await page.goto('/admin/auth/matrix/?groups=Plain');
  await expect(page.getByRole('grid')).toBeHidden();
  await page.getByRole('link', { name: 'Plain group' }).click();
  await expect(page.getByLabel('Can delete article')).toBeDisabled();
  await page.getByLabel('Can add article').check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('main')).toContainText('gains it');
  await page.getByRole('button', { name: 'Back to the changes' }).click();
  await expect(page.getByLabel('Can add article')).toBeChecked();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Give 1 permission' }).click();
  await expect(page).toHaveURL(/matrix\/\?group=\d+$/);
  await expect(page.getByText('1 given, 0 taken away')).toBeVisible();
  expect(await codenames('Plain group')).toEqual(['add_article']);

  const { id } = await db.group.findFirstOrThrow({ where: { name: 'Plain group' } });
  await page.goto(`/admin/auth/group/${id}/change/`);
  await page.locator(`a[href="/admin/auth/matrix/?group=${id}"]`).click();
  await expect(page).toHaveURL(`/admin/auth/matrix/?group=${id}`);
});

test('who may not see groups or users is refused, and so are forged changes', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { user } = await createUser({ isStaff: true });
  const viewer = await createUser({ isStaff: true, permissions: ['auth.view_group'] });
  const statusFor = async (visitor: Visitor, query = '') =>
    (await visitor.get(`/admin/auth/matrix/${query}`)).status;
  expect(await statusFor(await visitorOf(server.url, user))).toBe(403);
  const views = await visitorOf(server.url, viewer.user);
  const many = { name: { startsWith: 'One of many ' } };
  const names = Array.from({ length: 3000 }, (_, i) => ({ name: `One of many ${i}` }));
  await db.group.createMany({ data: names });
  const { status, body } = await views.get('/admin/auth/matrix/');
  await db.group.deleteMany({ where: many });
  expect([status, body.length < 500_000]).toEqual([200, true]);
  expect(await statusFor(views, `?user=${user.id}`)).toBe(403);
  for (const query of [
    '?user=x',
    '?group=0',
    '?group=2147483648',
    '?group=999999',
    '?group=1&group=2',
  ]) {
    expect([query, await statusFor(views, query)]).toEqual([query, 404]);
  }
});
