import { createPostgresql, withDatabase } from '../setup/e2e/environment';
import { startServer } from '../setup/e2e/server';
import { createUser, expect, signIn, test } from './fixtures';

test('public pages are whole, for a stranger', async ({ page }) => {
  for (const address of ['/', '/accounts/login/', '/accounts/logout/']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('an unknown address is a page with status 404, for somebody signed in', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 404/);
  const { user } = await createUser();
  await login(user);
  const answer = await page.goto('/no/such/page/');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the same build serves PostgreSQL', async ({ page }) => {
  test.slow();
  const database = await createPostgresql();
  const server = await startServer(database.url);
  try {
    const { username, password } = await withDatabase(database.url, () => createUser());
    await signIn(page, username, password, server.url);
    await expect(page).toHaveURL(`${server.url}/dashboard/`);
    await expect(page.getByRole('main')).toContainText(username);
    // What the page still prefetches would find the server gone.
    await page.goto('about:blank');
  } finally {
    await server.stop();
    await database.remove();
  }
});

test('an error in the console fails a test', { tag: '@javascript-only' }, async ({ page }) => {
  test.fail();
  await page.goto('/');
  await page.evaluate(() => console.error('seeded'));
});
