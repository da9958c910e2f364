import { createPostgresql, withDatabase } from '../../support/e2e/environment';
import { createUser, expect, test } from '../fixtures';

test('the same build runs on PostgreSQL: sign in, write, publish, sign out', {
  tag: '@javascript-only',
}, async ({ page, makeDatabase, serve }) => {
  const databaseUrl = await makeDatabase(createPostgresql);
  const server = await serve(databaseUrl);
  const { username, password } = await withDatabase(databaseUrl, () =>
    createUser({
      permissions: [
        'articles.view_article',
        'articles.add_article',
        'articles.change_article',
        'articles.publish_article',
      ],
    }),
  );
  await page.goto(`${server.url}/dashboard/articles/add/`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${server.url}/dashboard/articles/add/`);
  await page.getByLabel('Title').fill('Grüße');
  await page.getByLabel('Body').fill('A text.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.locator('[role=status]')).toContainText('is published');
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/dashboard/articles/`);
  await page.waitForURL(`${server.url}/accounts/login/?next=/dashboard/articles/`);
  // What the page still prefetches would find the server gone.
  await page.goto('about:blank');
});
