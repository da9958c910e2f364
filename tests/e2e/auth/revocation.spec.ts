import { db } from '@/lib/db/client';
import { expect, test } from '../fixtures';

test('a deactivated user is a stranger at the next request, and stays one when active again', async ({
  page,
  createUser,
  login,
}) => {
  const { user, username, password } = await createUser();
  await login(user);
  await page.goto('/dashboard/');
  await expect(page.getByRole('main')).toContainText(username);
  await db.user.update({ where: { id: user.id }, data: { isActive: false } });
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
  await db.user.update({ where: { id: user.id }, data: { isActive: true } });
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main')).toContainText(username);
});

test('a user whose group is taken away feels it at the next request', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 403/);
  const name = `Readers ${crypto.randomUUID()}`;
  const { user } = await createUser({ groups: [name] });
  const group = await db.group.findUniqueOrThrow({ where: { name } });
  const permission = await db.permission.findFirstOrThrow({ where: { codename: 'view_article' } });
  await db.groupPermission.create({ data: { groupId: group.id, permissionId: permission.id } });
  await login(user);
  expect((await page.goto('/dashboard/articles/'))?.status()).toBe(200);
  await db.userGroup.deleteMany({ where: { userId: user.id } });
  expect((await page.goto('/dashboard/articles/'))?.status()).toBe(403);
  await expect(page.getByRole('main')).toContainText('articles.view_article');
  const main = page.getByRole('main');
  await expect(main).toContainText('One group that you may not view holds it.');
  await expect(main).not.toContainText(name);
});

test('a changed password ends the session', async ({ page, createUser, login }) => {
  const { user } = await createUser();
  await login(user);
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/dashboard/');
  await user.setPassword('another password altogether');
  await user.save(['password']);
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
  expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
});

test('a deleted user is a stranger, not an error', async ({ page, createUser, login }) => {
  const { user } = await createUser();
  await login(user);
  await db.user.delete({ where: { id: user.id } });
  const answer = await page.goto('/dashboard/');
  expect(answer?.status()).toBe(200);
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
});
