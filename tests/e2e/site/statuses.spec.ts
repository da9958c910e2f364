import { db } from '@/lib/db/client';
import { createSqlite, withDatabase } from '../../support/e2e/environment';
import { faultsOf } from '../../support/e2e/look';
import { createUser, expect, signIn, test } from '../fixtures';

test('403: the right status and a whole page with the reason', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 403/);
  const { user } = await createUser();
  await login(user);
  const answer = await page.goto('/dashboard/articles/');
  expect(answer?.status()).toBe(403);
  expect(answer?.headers()['cache-control']).toContain('no-store');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('may not');
  await expect(page.getByRole('main')).toContainText('You do not hold articles.view_article');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign out' })).toBeVisible();
});

test('404: unknown addresses, objects and malformed ids', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 404/);
  const { user } = await createUser({ permissions: ['articles.view_article'] });
  await login(user);
  const paths = ['/no/such/page/', '/dashboard/nothing/'];
  const ids = ['0', '99999999', '99999999999', '01', '1.0', '-1', 'x', '%00', '1%00'];
  for (const path of [...paths, ...ids.map((id) => `/dashboard/articles/${id}/`)]) {
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 404]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  }
});

test('a stranger learns nothing of what exists', async ({ page }) => {
  for (const path of ['/no/such/page/', '/dashboard/articles/1/', '/admin/', '/accounts/']) {
    await page.goto(path);
    await expect(page).toHaveURL(`/accounts/login/?next=${path}`);
  }
});

test('an action refuses whoever lost the permission, with a whole page', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 403/);
  const { user } = await createUser({
    permissions: ['articles.view_article', 'articles.publish_article'],
  });
  const now = new Date();
  const data = { title: 'Held', body: 'Text', isPublished: false, created: now, modified: now };
  const { id } = await db.article.create({ data });
  await login(user);
  await page.goto(`/dashboard/articles/${id}/`);
  const publish = await db.permission.findFirstOrThrow({ where: { codename: 'publish_article' } });
  await db.userPermission.deleteMany({ where: { userId: user.id, permissionId: publish.id } });
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  expect((await answered).status()).toBe(403);
  await expect(page.getByRole('main')).toContainText('articles.publish_article');
  expect((await db.article.findUniqueOrThrow({ where: { id } })).isPublished).toBe(false);
});

test('500: a reference that is in the log, and no stack trace', async ({
  page,
  javaScriptEnabled,
  makeDatabase,
  serve,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 500/);
  const databaseUrl = await makeDatabase(createSqlite);
  const server = await serve(databaseUrl);
  const { username, password } = await withDatabase(databaseUrl, async () => {
    await db.$executeRawUnsafe('DROP TABLE articles_article');
    return createUser({ permissions: ['articles.view_article'] });
  });
  await page.goto(`${server.url}/accounts/login/`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${server.url}/dashboard/`);
  const answer = await page.goto(`${server.url}/dashboard/articles/`);
  expect(answer?.status()).toBe(500);
  const reference = (await page.getByRole('main').locator('code').textContent()) ?? 'none';
  await expect.poll(() => server.lines.join('\n')).toContain(reference);
  expect(await page.content()).not.toMatch(/articles_article|node_modules|at \w+ \(/);
  if (javaScriptEnabled) expect(await faultsOf(page)).toEqual({});
});

test('a form sent from another site is refused and changes nothing', async ({
  page,
  context,
  createUser,
}) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  await page.goto('/accounts/logout/');
  const fields = await page
    .locator('main form input')
    .evaluateAll((inputs) =>
      inputs.map((input) => [(input as HTMLInputElement).name, (input as HTMLInputElement).value]),
    );
  const origins: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    {},
  ];
  for (const headers of origins) {
    const answer = await page.request.post('/accounts/logout/', {
      multipart: Object.fromEntries(fields),
      headers,
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toMatch(/The (form was sent|request does not say)/);
    expect(answer.headers()['set-cookie'] ?? '').not.toContain('gatehouse_session=');
  }
  expect((await context.cookies()).some(({ name }) => name === 'gatehouse_session')).toBe(true);
  await page.goto('/dashboard/');
  await expect(page.getByRole('main')).toContainText(username);
});
