import type { APIRequestContext, Locator, Page } from '@playwright/test';
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

/** What Next.js sends when it fetches a page for one that is shown. */
const NAVIGATION: Record<string, string> = { rsc: '1' };

/** What a document, and what Next.js fetches of a page, answer somebody who is sent elsewhere. */
async function answersOf(client: APIRequestContext) {
  const asked = ['/dashboard/', '/admin/', '/accounts/2fa/'].flatMap((path) =>
    [{}, NAVIGATION].map(async (headers) => {
      const answer = await client.get(path, { headers, maxRedirects: 0 });
      return [path, answer.status(), answer.headers()['location']];
    }),
  );
  return Promise.all(asked);
}

/** Go on by the Tab key to what is meant, as whoever has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; pressed < 40 && !(await isThere()); pressed += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('a factor is set up, its codes are kept, and it is asked for, with JavaScript and without', async ({
  page,
  createUser,
  request,
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
  const ofStranger = await answersOf(request);
  expect(ofStranger.map(([, status]) => status)).not.toContain(200);
  expect(await answersOf(page.request)).toEqual(ofStranger);
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
  await page.getByLabel('Reason').fill('Showed me their passport.');
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(page.locator('[data-ticket]')).toBeVisible();
  await check();
});

test('the keyboard alone is enough to set a factor up and to give it', {
  tag: '@javascript-only',
}, async ({ page, createUser }) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  await page.goto('/accounts/2fa/');
  await tabTo(page, page.getByRole('link', { name: /^Set up.*Authenticator app/ }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/activate/);
  const secret = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
  await tabTo(page, page.getByLabel('Code', { exact: true }));
  await page.keyboard.type(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.waitForURL(/generate/);
  const [code = ''] = await page.locator('[data-recovery-code]').allInnerTexts();
  await tabTo(page, page.getByLabel('I have kept these codes'));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Go on' }));
  await page.keyboard.press('Enter');
  await page.waitForURL('/accounts/2fa/');

  await page.context().clearCookies();
  await signIn(page, username, password);
  const lost = page.getByText('Lost your device?');
  await tabTo(page, lost);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/recovery code/).last()).toBeVisible();
  await page.reload();
  await tabTo(page, page.getByLabel('Code', { exact: true }));
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/dashboard/');
});
