import { createPostgresql, withDatabase } from '../setup/e2e/environment';
import { startServer } from '../setup/e2e/server';
import { createUser, expect, test } from './fixtures';

test('the same build runs on PostgreSQL: sign in, write, publish, sign out', async ({ page }) => {
  const database = await createPostgresql();
  const server = await startServer(database.url);
  const { username, password } = await withDatabase(database.url, () =>
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
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${server.url}/dashboard/articles/add/`);
  await page.getByLabel('Title').fill('Grüße');
  await page.getByLabel('Text').fill('A text.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.locator('[role=status]')).toContainText('is published');
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/dashboard/articles/`);
  await page.waitForURL(`${server.url}/accounts/login/?next=/dashboard/articles/`);
  await page.goto('about:blank');
  await server.stop();
  await database.remove();
});
