import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

test('a file is looked at, put right and imported', async ({
  page,
  createUser,
  login,
  javaScriptEnabled,
}) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const name = `import-${crypto.randomUUID().slice(0, 6)}`;
  await login(user);
  await page.goto('/admin/auth/user/');
  await page.getByRole('link', { name: 'Import CSV' }).click();
  const choose = async (text: string) => {
    const file = { name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.getByLabel('File', { exact: true }).setInputFiles(file);
    await page.getByRole('button', { name: 'Show what it would do' }).click();
  };
  await choose('username,password\nx,y\n');
  await expect(page.getByRole('alert').getByText(/“password” is never imported/)).toBeVisible();
  await choose(`id,username,is_active\n${user.id},${user.username},true\n,${name},perhaps\n`);
  await expect(
    page.getByText('0 to be added, 0 to be changed, 1 as they are, 1 refused.'),
  ).toBeVisible();
  await expect(page.getByText('Active: Enter true or false.')).toBeVisible();
  if (javaScriptEnabled) expect(await faultsOf(page)).toEqual({});
  await expect(page.getByRole('button', { name: 'Confirm import' })).toBeHidden();
  await page.getByRole('link', { name: 'Choose another file' }).click();
  await choose(`id,username,is_active\n,${name},true\n`);
  await page.getByRole('button', { name: 'Confirm import' }).click();
  await expect(page.getByText('The users are imported: 1 added, 0 changed.')).toBeVisible();
  expect(await db.user.count({ where: { username: name } })).toBe(1);
});
