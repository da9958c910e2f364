import type { Page } from '@playwright/test';
import { db } from '@/lib/db/client';
import { fromBase32 } from '@/lib/extras/mfa/base32';
import { hotp, totpStep } from '@/lib/extras/mfa/totp';
import { faultsOf } from '../../support/e2e/look';
import { expect, signIn, test } from '../fixtures';

const codeOf = (secret: string) =>
  hotp(fromBase32(secret.replaceAll(' ', '')) ?? new Uint8Array(), totpStep(new Date(), 30));

async function setUp(page: Page): Promise<string> {
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Set up' }).click();
  return secret;
}

test('a factor is set up, its codes are kept, and it is asked for, with JavaScript and without', async ({
  page,
  createUser,
}) => {
  const { user, username, password } = await createUser();
  await signIn(page, username, password);
  await page.goto('/accounts/2fa/');
  await page.getByRole('link', { name: /^Set up.*Authenticator app/ }).click();
  await setUp(page);
  await expect(page).toHaveURL(/\/accounts\/2fa\/recovery-codes\/generate\//);
  const codes = await page.locator('[data-recovery-code]').allInnerTexts();
  expect(codes).toHaveLength(10);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('recovery-codes.txt');
  await page.getByLabel('I have kept these codes').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL('/accounts/2fa/');
  await expect(page.getByRole('main')).toContainText('10 left');

  await page.context().clearCookies();
  await signIn(page, username, password);
  await expect(page).toHaveURL('/accounts/2fa/authenticate/');
  await expect(page.getByRole('banner')).toContainText('Signing in as');
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('form [role=alert]')).toContainText('not right');
  await page.getByLabel('Code', { exact: true }).fill(codes[0] ?? '');
  await page.getByLabel('Do not ask again in this browser').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL('/dashboard/');
  expect(await db.recoveryCode.count({ where: { userId: user.id } })).toBe(9);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('banner')).toContainText('Sign in');
  await signIn(page, username, password);
  await expect(page).toHaveURL('/dashboard/');
});

test('axe finds nothing on the pages of second factors, and nothing is wider than the screen', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const ada = await createUser();
  const admin = await createUser({ isSuperuser: true, isStaff: true });
  const check = async () => expect([page.url(), await faultsOf(page)]).toEqual([page.url(), {}]);
  await signIn(page, ada.username, ada.password);
  await page.goto('/accounts/2fa/');
  await check();
  await page.goto('/accounts/2fa/totp/activate/');
  await check();
  await setUp(page);
  await page.waitForURL(/generate/);
  await check();
  for (const path of ['/accounts/2fa/', '/accounts/2fa/totp/deactivate/']) {
    await page.goto(path);
    await check();
  }
  await page.context().clearCookies();
  await signIn(page, ada.username, ada.password);
  await check();
  await page.context().clearCookies();
  await login(admin.user);
  await page.goto(`/admin/auth/user/${ada.user.id}/2fa/`);
  await check();
  await page.getByLabel(/^Reset all/).check();
  await page.getByLabel('Why').fill('Showed me their passport.');
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(page.locator('[data-ticket]')).toBeVisible();
  await check();
});
