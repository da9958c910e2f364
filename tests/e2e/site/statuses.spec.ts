import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { PlainBrowser } from '../../support/admin-script/plain-browser';
import { sendRaw } from '../../support/attack/raw-form';
import { multipart } from '../../support/e2e/html-forms';
import { faultsOf } from '../../support/e2e/look';
import { Visitor } from '../../support/e2e/visitor';
import { expect, sealedSession, test } from '../fixtures';

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

test('404: the right status and a whole page', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 404/);
  await login((await createUser()).user);
  expect((await page.goto('/no/such/page/'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
});

test('404: unknown addresses, objects and malformed ids', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { user } = await createUser({ permissions: ['articles.view_article'] });
  const cookies = new Map([[sessionCookieName(false), await sealedSession(user)]]);
  const browser = new PlainBrowser(server.url, cookies);
  const paths = ['/no/such/page/', '/dashboard/nothing/'];
  const ids = ['0', '99999999', '99999999999', '01', '1.0', '-1', 'x', '%00', '1%00'];
  for (const path of [...paths, ...ids.map((id) => `/dashboard/articles/${id}/`)]) {
    const { status, body } = await browser.open(path);
    expect([path, status]).toEqual([path, 404]);
    expect(body).toMatch(/<h1[^>]*>There is nothing here<\/h1>/);
  }
});

test('a stranger learns nothing of what exists', { tag: '@no-javascript-only' }, async ({
  server,
}) => {
  for (const path of ['/no/such/page/', '/dashboard/articles/1/', '/admin/', '/accounts/']) {
    const { status, headers } = await sendRaw(`${server.url}${path}`);
    expect([status, headers.location]).toEqual([302, `/accounts/login/?next=${path}`]);
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
  server,
  javaScriptEnabled,
  createUser,
  login,
  allowConsoleErrors,
}) => {
  allowConsoleErrors(/status of 500/);
  await login((await createUser({ permissions: ['articles.view_article'] })).user);
  await db.$executeRawUnsafe('ALTER TABLE articles_article RENAME TO articles_away');
  const answer = await page.goto('/dashboard/articles/');
  await db.$executeRawUnsafe('ALTER TABLE articles_away RENAME TO articles_article');
  expect(answer?.status()).toBe(500);
  const reference = (await page.getByRole('main').locator('code').textContent()) ?? 'none';
  await expect.poll(() => server.lines.join('\n')).toContain(reference);
  expect(await page.content()).not.toMatch(/articles_article|node_modules|at \w+ \(/);
  if (javaScriptEnabled) expect(await faultsOf(page)).toEqual({});
});

test('a form sent from another site is refused and changes nothing', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { user, username } = await createUser();
  const cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
  const url = `${server.url}/accounts/logout/`;
  const visitor = new Visitor(server.url, cookie);
  const { headers: encoding, body } = multipart(await visitor.form('/accounts/logout/', 'next'));
  const origins: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    {},
  ];
  for (const origin of origins) {
    const headers = { ...encoding, cookie, ...origin };
    const answer = await sendRaw(url, { method: 'POST', headers, body });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/The (form was sent|request does not say)/);
    expect(String(answer.headers['set-cookie'])).not.toContain('gatehouse_session=');
  }
  expect((await visitor.get('/dashboard/')).body).toContain(username);
});
