import { db } from '@/lib/db/client';
import { sendRaw } from '../../support/attack/raw-form';
import { testEnvironment } from '../../support/e2e/environment';
import { CLIENT, type ReverseProxy, startProxy } from '../../support/e2e/proxy';
import { startServer } from '../../support/e2e/server';
import { buildVariant } from '../../support/e2e/variant';
import { test as base, expect, signIn } from '../fixtures';
import { linkIn, setPassword } from '../mailbox';

const HOST = 'gatehouse.localhost';

/** The tests whose site has a reverse proxy in front, with TLS and under another name. */
const test = base.extend<{ front: ReverseProxy }>({
  front: async ({ page, server, serve, mailbox }, use) => {
    const behind = { url: '' };
    const proxy = await startProxy(HOST, () => behind.url);
    const running = await serve(server.databaseUrl, {
      APP_ORIGIN: proxy.https,
      TRUSTED_PROXY_HOPS: '1',
      ALLOWED_HOSTS: '',
      EMAIL_URL: mailbox.url,
    });
    behind.url = running.url;
    await use(proxy);
    // What the page still loads would be an error in its console.
    await page.goto('about:blank');
    await proxy.close();
  },
});

test.use({ ignoreHTTPSErrors: true });

test('behind a proxy: sign-in, actions and reset links under its name, its https and its word for the client', {
  tag: '@javascript-only',
}, async ({ page, context, front, mailbox, createUser }) => {
  const email = `${crypto.randomUUID()}@example.com`;
  const { user, username, password } = await createUser({
    email,
    permissions: ['articles.view_article', 'articles.add_article'],
  });
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '6.6.6.6', 'x-real-ip': '6.6.6.6' });
  await signIn(page, username, password, front.https);
  await expect(page).toHaveURL(`${front.https}/dashboard/`);
  const session = await db.session.findFirstOrThrow({ where: { userId: user.id } });
  expect(session.ipAddress).toBe(CLIENT);
  const cookie = (await context.cookies()).find(({ name }) => name === '__Host-gatehouse_session');
  expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
  const answer = await page.goto(`${front.https}/dashboard/articles/add/`);
  expect(answer?.headers()['strict-transport-security']).toBe('max-age=31536000');

  // Whether it keeps Host or writes the server's own into it, APP_ORIGIN alone is enough.
  front.headers = ({ forwardedFor }) => ({ 'x-forwarded-for': forwardedFor });
  await page.getByLabel('Title').fill('From behind a proxy');
  await page.getByLabel('Body').fill('Text');
  await page.getByRole('button', { name: /save|add|write/i }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('From behind a proxy');
  expect(new URL(page.url()).origin).toBe(front.https);
  // The page's own script takes it from a cookie that no sibling domain can set.
  await expect(page.locator('[role=status]').getByText(/From behind a proxy/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const cookies = await context.cookies();
  const names = cookies.map(({ name }) => name);
  expect(names.filter((name) => !/^__(Host|Secure)-gatehouse_/.test(name))).toEqual([]);
  expect(names).toContain('__Host-gatehouse_theme');
  expect(cookies.filter(({ secure }) => !secure)).toEqual([]);
  const other = await context.newPage();
  await other.goto(`${front.https}/dashboard/articles/add/`);
  await other.evaluate(() => localStorage.setItem('kept', 'yes'));
  const signedOut = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  expect((await (await signedOut).allHeaders())['clear-site-data']).toBe('"cache"');
  await expect(page).toHaveURL(`${front.https}/`);
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await expect(other).toHaveURL(/\/accounts\/login\/\?next=/);
  expect(await other.evaluate(() => localStorage.getItem('kept'))).toBe('yes');
  await other.close();
  const left = (await context.cookies()).map(({ name }) => name);
  expect(left).toEqual(
    expect.arrayContaining(['__Host-gatehouse_theme', '__Secure-gatehouse_device']),
  );

  await page.goto(`${front.https}/accounts/password_reset/`);
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page).toHaveURL(`${front.https}/accounts/password_reset/done/`);
  const mail = await mailbox.nextMailTo(email);
  const { path } = linkIn(mail);
  expect(mail.text).toContain(`${front.https}${path}`);
  await page.goto(`${front.https}${path}`);
  await setPassword(page, 'a meadow of larks');
  await expect(page).toHaveURL(`${front.https}/accounts/reset/done/`);
});

// It takes a build of its own, so it runs with test:long.
if (process.env['TEST_LONG']) {
  test('plain http is sent to https, which only the proxy’s own header tells', {
    tag: '@no-javascript-only',
  }, async ({ server }) => {
    test.setTimeout(600_000);
    const settings = `{
      SECURE_SSL_REDIRECT: true,
      SECURE_PROXY_SSL_HEADER: ['x-forwarded-ssl', 'on'],
    }`;
    const { folder, remove } = buildVariant(
      {
        'lib/site/settings.ts': (source) =>
          source.replace(/(siteSettings = )\{[\s\S]*?\}/, (_all, start) => `${start}${settings}`),
      },
      testEnvironment,
    );
    const strict = await startServer(server.databaseUrl, { TRUSTED_PROXY_HOPS: '1' }, folder);
    const get = (path: string, headers: Record<string, string>) =>
      sendRaw(`${strict.url}${path}`, { headers: { host: 'localhost', ...headers } });
    try {
      const insecure: Record<string, string>[] = [
        {},
        { 'x-forwarded-proto': 'https' },
        { 'x-forwarded-ssl': 'off' },
      ];
      for (const headers of insecure) {
        const plain = await get('/accounts/login/?a=1', headers);
        expect(plain.status).toBe(301);
        expect(plain.headers.location).toBe('https://localhost/accounts/login/?a=1');
        expect(plain.headers['strict-transport-security']).toBeUndefined();
      }
      const secure = await get('/accounts/login/', { 'x-forwarded-ssl': 'on' });
      expect(secure.status).toBe(200);
      expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
      expect((await get('/healthz/', {})).status).toBe(200);
    } finally {
      await strict.stop();
      remove();
    }
  });
}
