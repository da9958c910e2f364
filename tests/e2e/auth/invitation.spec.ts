import type { Page } from '@playwright/test';
import { violationsOn } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

/** Nothing that axe finds; it is a script, which a page without scripts does not run. */
async function isAccessible(page: Page, hasScripts: boolean | undefined): Promise<void> {
  if (hasScripts === false) return;
  expect(await violationsOn(page)).toEqual([]);
}

test('somebody is invited, comes in, finds their account and makes another address theirs', async ({
  page,
  createUser,
  login,
  mailbox,
  javaScriptEnabled,
}) => {
  const { user: inviter } = await createUser({
    isStaff: true,
    groups: ['Invited'],
    permissions: ['account.add_invitation', 'account.view_invitation', 'auth.view_group'],
  });
  const name = `guest-${crypto.randomUUID().slice(0, 8)}`;
  const email = `${name}@example.com`;

  await login(inviter);
  await page.goto('/admin/account/invitation/add/');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Note').fill('Come in.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/admin/account/invitation/');
  await expect(page.getByText(`It is on its way to ${email}.`)).toBeVisible();
  await page.context().clearCookies();

  const mail = await mailbox.nextMailTo(email);
  const [, path = ''] = /(\/accounts\/invitation\/\w+\/)/.exec(mail.text) ?? [];
  await page.goto(path);
  await expect(page).toHaveURL('/accounts/invitation/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `${inviter.username} invites you`,
  );
  await isAccessible(page, javaScriptEnabled);
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password', { exact: true }).fill('quiet-harbour-41');
  await page.getByLabel('Password again', { exact: true }).fill('quiet-harbour-41');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL('/dashboard/');

  await page.getByRole('banner').getByRole('link', { name }).click();
  await page.waitForURL('/accounts/');
  await isAccessible(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Email addresses' }).click();
  await page.waitForURL('/accounts/email/');
  await isAccessible(page, javaScriptEnabled);
  const next = `next-${email}`;
  await page.getByLabel('New email address').fill(next);
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: next })).toContainText('Not confirmed');

  const link = await mailbox.nextMailTo(next);
  const [, confirm = ''] = /(\/accounts\/confirm-email\/[\w-]+\/)/.exec(link.text) ?? [];
  await page.goto(confirm);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL('/accounts/email/');
  await expect(page.getByRole('listitem').filter({ hasText: next })).toContainText(
    'Primary · confirmed',
  );
});
