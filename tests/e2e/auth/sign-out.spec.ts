import type { Page } from '@playwright/test';
import { Visitor } from '../../support/e2e/visitor';
import { expect, signIn, test } from '../fixtures';

function signOut(page: Page): Promise<void> {
  return page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
}

test('signing out ends the session: a copied cookie is worth nothing', async ({
  page,
  context,
  server,
  createUser,
}) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  const ofSession = async () =>
    (await context.cookies()).filter(({ name }) => name === 'gatehouse_session');
  const [copied] = await ofSession();
  const thief = new Visitor(server.url, `gatehouse_session=${copied?.value}`);
  expect((await thief.get('/dashboard/')).body).toContain(username);
  await signOut(page);
  await expect(page).toHaveURL('/');
  expect(await ofSession()).toEqual([]);
  const stranger = await thief.get('/dashboard/');
  expect(stranger.headers.location).toBe('/accounts/login/?next=/dashboard/');
  expect(stranger.body).not.toContain(username);
});

test('the address of sign-out signs nobody out by itself', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, login }) => {
  const { user, username } = await createUser();
  await login(user);
  await page.goto('/accounts/logout/');
  await page.goto('/dashboard/');
  await expect(page.getByRole('main')).toContainText(username);
  await page.goto('/accounts/logout/');
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/accounts/logout/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('signed out');
});

test('the back button shows nothing private after sign-out, in this tab and in another', async ({
  page,
  context,
  createUser,
  login,
}) => {
  const { user, username } = await createUser({ permissions: ['articles.view_article'] });
  await login(user);
  await page.goto('/dashboard/');
  await page.getByRole('link', { name: 'Articles', exact: true }).click();
  await expect(page).toHaveURL('/dashboard/articles/');

  const other = await context.newPage();
  await other.goto('/dashboard/');
  await other.getByRole('link', { name: 'Articles', exact: true }).click();
  await expect(other).toHaveURL('/dashboard/articles/');
  await expect(other.getByRole('heading', { name: 'Articles' })).toBeVisible();

  await signOut(page);
  await expect(page).toHaveURL('/');
  for (const tab of [page, other]) {
    await tab.goBack();
    await expect(tab).toHaveURL(/\/accounts\/login\/\?next=/);
    await expect(tab.locator('body')).not.toContainText(username);
  }
});

test('a form sent after the session ended leads to sign-in and back', {
  tag: '@no-javascript-only',
}, async ({ page, context, createUser, login }) => {
  const writer = await createUser({
    permissions: ['articles.view_article', 'articles.add_article'],
  });
  await login(writer.user);
  await page.goto('/dashboard/articles/add/');
  await page.getByLabel('Title').fill('Too late');
  await page.getByLabel('Body').fill('The session is gone.');
  await context.clearCookies();
  await page.getByRole('button', { name: /save|add|write/i }).click();
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/articles/add/');
  await page.getByLabel('Username').fill(writer.username);
  await page.getByLabel('Password', { exact: true }).fill(writer.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/dashboard/articles/add/');
});
