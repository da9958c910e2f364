import type { Browser, Page } from '@playwright/test';
import type { User } from '@/lib/contrib/auth/models';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { expect, sealedSession, test } from '../fixtures';

const PAGE = '/accounts/sessions/';

test.use({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0' });

/** Another browser that is signed in as this user, on another machine. */
async function otherBrowser(browser: Browser, user: User, url: string, hasScripts: boolean) {
  const context = await browser.newContext({ baseURL: url, javaScriptEnabled: hasScripts });
  const value = await sealedSession(user);
  await context.addCookies([{ name: sessionCookieName(false), value, url }]);
  const page = await context.newPage();
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/dashboard/');
  return page;
}

function ending(page: Page, name: RegExp): Promise<void> {
  return page.getByRole('main').getByRole('button', { name }).first().click();
}

test('one session is ended at its next request, this one and the others stay', async ({
  page,
  browser,
  server,
  javaScriptEnabled,
  createUser,
  login,
}) => {
  const { user, username } = await createUser();
  await login(user);
  await page.goto(PAGE);
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('main')).toContainText('You are signed in nowhere else.');
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);

  const other = await otherBrowser(browser, user, server.url, javaScriptEnabled);
  await page.reload();
  const items = page.getByRole('main').getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText('This device');
  await expect(items.nth(1)).not.toContainText('This device');
  await ending(page, /^End session/);
  await expect(page.getByRole('status')).toContainText('The session is ended.');
  await expect(page).toHaveURL(PAGE);
  await expect(items).toHaveCount(1);
  const ended = { actorId: user.id, event: 'session_expired' };
  expect(await db.securityLogEntry.count({ where: ended })).toBe(1);
  await other.goto('/dashboard/');
  await expect(other).toHaveURL('/accounts/login/?next=/dashboard/');
  await expect(other.locator('body')).not.toContainText(username);
  await other.context().close();
});

test('all others are ended at once, and this one stays', async ({
  page,
  browser,
  server,
  javaScriptEnabled,
  createUser,
  login,
}) => {
  const { user, username } = await createUser();
  await login(user);
  const others = [
    await otherBrowser(browser, user, server.url, javaScriptEnabled),
    await otherBrowser(browser, user, server.url, javaScriptEnabled),
  ];
  await page.goto('/dashboard/');
  await page.getByRole('link', { name: 'See where you are signed in' }).click();
  await expect(page).toHaveURL(PAGE);
  await ending(page, /^End all other sessions$/);
  await expect(page.getByRole('status')).toContainText('2 sessions are ended.');
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  for (const other of others) {
    await other.goto('/dashboard/');
    await expect(other).toHaveURL('/accounts/login/?next=/dashboard/');
    await other.context().close();
  }
  await page.goto('/dashboard/');
  await expect(page.getByRole('main')).toContainText(username);
});

test('somebody else’s session is nothing here, and stays', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, login, allowConsoleErrors }) => {
  allowConsoleErrors(/status of 404/);
  const [{ user }, { user: other }] = [await createUser(), await createUser()];
  await sealedSession(other);
  const { id } = await db.session.findFirstOrThrow({ where: { userId: other.id } });
  await login(user);
  await sealedSession(user);
  await page.goto(PAGE);
  await page.locator('input[name=id]').evaluate((input, value) => {
    (input as HTMLInputElement).value = value;
  }, String(id));
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await ending(page, /^End session/);
  expect((await answered).status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  expect(await db.session.count({ where: { id } })).toBe(1);
});

test('the page is accessible and fits a phone, with the longest of addresses', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser();
  await login(user);
  for (let i = 0; i < 3; i += 1) await sealedSession(user);
  await db.session.updateMany({
    where: { userId: user.id },
    data: { ipAddress: '2001:0db8:85a3:0000:0000:8a2e:0370:7334' },
  });
  await page.goto(PAGE);
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(4);
  expect(await faultsOf(page)).toEqual({});
});
