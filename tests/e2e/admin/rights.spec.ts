import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

test('a group loses a permission after it was read who loses it, and gets it back by Undo', async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const name = `Readers ${crypto.randomUUID().slice(0, 6)}`;
  const { username } = await createUser({ groups: [name] });
  const where = { codename: 'view_article', contentType: { appLabel: 'articles' } };
  const { id: permissionId } = await db.permission.findFirstOrThrow({ where });
  const { id } = await db.group.findFirstOrThrow({ where: { name } });
  await db.groupPermission.create({ data: { groupId: id, permissionId } });
  const count = () => db.groupPermission.count({ where: { groupId: id } });
  const press = async (button: string) => {
    await page.getByRole('button', { name: button, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const isScripted = await (async () => {
    await login(user);
    await page.goto(`/admin/auth/group/${id}/change/`);
    return page.evaluate(() => 'next' in window).catch(() => false);
  })();

  await page.getByLabel('Name').fill(`${name} renamed`);
  if (isScripted) {
    await page.getByRole('button', { name: 'Remove all' }).click();
  } else {
    await page.getByRole('listbox', { name: 'Permissions' }).selectOption([]);
  }
  await press('Save');
  const main = page.getByRole('main');
  await expect(main).toContainText(`${username} loses it`);
  await expect(main.getByRole('link', { name: username })).toHaveAttribute(
    'href',
    /\/admin\/auth\/user\/\d+\/permissions\/$/,
  );
  if (isScripted) expect(await faultsOf(page)).toEqual({});
  await press('Back to the form');
  await expect(page.getByLabel('Name')).toHaveValue(`${name} renamed`);
  await press('Save');
  await page.getByLabel('Reason').fill('Tried');
  await press('Save these changes');
  await expect(page.getByText('was changed successfully')).toBeVisible();
  expect(await count()).toBe(0);

  await press('Undo');
  await expect(page.getByText(/^Undone: /)).toBeVisible();
  expect(await count()).toBe(1);
  await page.goto(`/admin/auth/group/${id}/history/`);
  await expect(main).toContainText('Taken articles.view_article. Reason: Tried');
});

test('limited staff see a superuser’s form closed, and choices that are refused greyed', async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({
    isStaff: true,
    permissions: ['auth.view_user', 'auth.change_user'],
  });
  const { user: root } = await createUser({ isSuperuser: true });
  const { user: other } = await createUser();
  await login(user);
  await page.goto(`/admin/auth/user/${root.id}/change/`);
  await expect(page.getByText('Only a superuser changes a superuser')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await page.goto(`/admin/auth/user/${other.id}/change/`);
  await expect(page.getByLabel('Superuser status')).toBeDisabled();
  await expect(page.locator('option:disabled').first()).toBeAttached();
  await expect(page.getByText('nobody gives those').first()).toBeVisible();
});
