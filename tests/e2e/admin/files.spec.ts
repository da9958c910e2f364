import { db } from '@/lib/db/client';
import { isHydrated } from '../../support/e2e/hydration';
import { faultsOf } from '../../support/e2e/look';
import { png } from '../../support/files/pictures';
import { expect, test } from '../fixtures';

test('a picture is uploaded, refused, shown to who may see it, and taken away', async ({
  page,
  request,
  createUser,
  login,
  javaScriptEnabled,
}) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  await login(user);
  const now = new Date();
  const data = { title: 'With a cover', body: 'Text', isPublished: false };
  const { id } = await db.article.create({ data: { ...data, created: now, modified: now } });
  const coverOf = async () => (await db.article.findUniqueOrThrow({ where: { id } })).cover;
  const send = async (name: string, buffer: Buffer) => {
    await page.getByLabel('Cover').setInputFiles({ name, mimeType: 'image/png', buffer });
    await page.getByRole('button', { name: 'Save and continue editing' }).click();
  };

  await page.goto(`/admin/articles/article/${id}/change/`);
  await page.getByLabel('Title').fill('Typed');
  await send('page.png', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'));
  await expect(page.getByText('Upload a valid image.').first()).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue('Typed');
  expect(await coverOf()).toBeNull();

  await send('one.png', Buffer.from(png(2, 2)));
  await expect(page.getByText('was changed successfully')).toBeVisible();
  const href = `/media/${await coverOf()}`;
  await expect(page.getByRole('link', { name: /^one_/ })).toHaveAttribute('href', href);
  const answer = await page.request.get(href);
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  });
  expect((await request.get(href, { maxRedirects: 0 })).status()).toBe(302);
  if (javaScriptEnabled) expect(await faultsOf(page)).toEqual({});

  await page.getByLabel('Clear').check();
  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await expect(page.getByText('Currently')).toBeHidden();
  expect(await coverOf()).toBeNull();
  expect((await page.request.get(href)).status()).toBe(404);
});

test('a row is added in a dialog beside a field, which it is put into', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const { user: member } = await createUser({ groups: ['held before'] });
  const name = `beside-${crypto.randomUUID().slice(0, 6)}`;
  await login(user);
  await page.goto(`/admin/auth/user/${member.id}/change/`);
  // Before, it is the link that it is without scripts.
  await expect.poll(() => isHydrated(page)).toBe(true);
  await page.getByLabel('First name').fill('Typed');
  await page.getByRole('link', { name: 'Add group: Groups' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add group' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Name: This field is required.');
  await dialog.getByLabel('Name').fill(name);
  expect(await faultsOf(page)).toEqual({});
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('First name')).toHaveValue('Typed');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('was changed successfully')).toBeVisible();
  const groups = await db.group.findMany({ where: { users: { some: { userId: member.id } } } });
  expect(groups.map((each) => each.name).sort()).toEqual([name, 'held before'].sort());
});
