import { chromium, type Page } from '@playwright/test';
import { expect, sealedSession, signIn, test } from '../fixtures';

// What a tab finds when it goes back depends on what the browser kept: nothing from tests before.
test.use({ hasOwnContext: true });

const TAG = { tag: '@javascript-only' };

function signOut(page: Page): Promise<void> {
  return page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
}

test(
  'signing out or switching user in one tab changes the others on sight',
  TAG,
  async ({ page, context, createUser }) => {
    const first = await createUser({ permissions: ['articles.view_article'] });
    const second = await createUser();
    await signIn(page, first.username, first.password);
    const other = await context.newPage();
    await other.goto('/dashboard/');
    await other.getByRole('link', { name: 'Articles', exact: true }).click();
    await expect(other.getByRole('heading', { name: 'Articles', level: 1 })).toBeVisible();

    await signOut(page);
    await expect(other).toHaveURL('/accounts/login/?next=/dashboard/articles/');
    await expect(other.locator('body')).not.toContainText(first.username);
    await other.goBack();
    await expect(other).toHaveURL('/accounts/login/?next=/dashboard/');

    await signIn(page, second.username, second.password);
    await expect(other.getByRole('main')).toContainText(second.username);
    await other.goto('/dashboard/');
    await expect(other.getByRole('main')).toContainText(second.username);
    await context.clearCookies();
    await signIn(page, first.username, first.password);
    await expect(other.getByRole('main')).toContainText(first.username);
    await expect(other.locator('body')).not.toContainText(second.username);
  },
);

test(
  'the back/forward cache brings back nothing private',
  TAG,
  async ({ server, createUser, launchOptions }) => {
    const { user, username } = await createUser();
    const browser = await chromium.launch({
      ...launchOptions,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    const context = await browser.newContext();
    const value = await sealedSession(user);
    await context.addCookies([{ name: 'gatehouse_session', value, url: server.url }]);
    const page = await context.newPage();
    // Without its no-store, which most browsers heed, the page is kept for certain.
    await page.route('**/dashboard/', async (route) => {
      const response = await route.fetch();
      const { 'cache-control': _noStore, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await page.goto(`${server.url}/dashboard/`);
    await expect(page.getByRole('main')).toContainText(username);
    await page.unroute('**/dashboard/');
    await page.goto(`${server.url}/healthz/`);
    await context.clearCookies();
    await page.goBack({ waitUntil: 'commit' });
    await expect(page).toHaveURL(`${server.url}/accounts/login/?next=/dashboard/`);
    await expect(page.locator('body')).not.toContainText(username);
    await browser.close();
  },
);
