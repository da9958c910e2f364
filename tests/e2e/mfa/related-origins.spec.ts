import { type Browser, chromium, type Page } from '@playwright/test';
import { db } from '@/lib/db/client';
import { findBrowser } from '../../support/e2e/browser';
import { testEnvironment } from '../../support/e2e/environment';
import { startProxy } from '../../support/e2e/proxy';
import { startServer } from '../../support/e2e/server';
import { buildVariant } from '../../support/e2e/variant';
import { addVirtualAuthenticator } from '../../support/mfa/virtual-authenticator';
import { expect, signIn, test } from '../fixtures';

const SITE = 'https://gate.test';
const RELATED = 'https://shop.test';
/** A name that the site answers to and forms may come from, and that no list of passkeys has. */
const UNLISTED = 'https://other.test';

const siteSettings = `{
  WEBAUTHN_RELATED_ORIGINS: ['${RELATED}'],
  CSRF_TRUSTED_ORIGINS: ['${RELATED}', '${UNLISTED}'],
}`;

/** Three names of one site, with TLS, for a browser that takes what signs itself. */
async function threeNames(databaseUrl: string) {
  const { folder, remove } = buildVariant(
    {
      'lib/site/settings.ts': (source) =>
        source.replace(/(siteSettings = )\{[\s\S]*?\}/, (_all, start) => start + siteSettings),
    },
    testEnvironment,
  );
  const server = await startServer(
    databaseUrl,
    { APP_ORIGIN: SITE, ALLOWED_HOSTS: 'shop.test,other.test', TRUSTED_PROXY_HOPS: '1' },
    folder,
  );
  const proxy = await startProxy('gate.test', () => server.url);
  const { port } = new URL(proxy.https);
  const executablePath = findBrowser();
  const names = [SITE, RELATED, UNLISTED].map((origin) => new URL(origin).hostname);
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--ignore-certificate-errors',
      `--host-resolver-rules=${names.map((name) => `MAP ${name} 127.0.0.1:${port}`).join(',')}`,
    ],
  });
  const close = async () => {
    await browser.close();
    await proxy.close();
    await server.stop();
    remove();
  };
  return { browser, close };
}

async function pageOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript('delete Navigator.prototype.locks');
  return context.newPage();
}

// It takes a build of its own, so it runs with test:long.
if (process.env['TEST_LONG']) {
  test('a passkey made on a related site signs in there and here, and none is made on one that is not listed', {
    tag: '@javascript-only',
  }, async ({ server, createUser }) => {
    test.setTimeout(900_000);
    const { user, username, password } = await createUser();
    const { browser, close } = await threeNames(server.databaseUrl);
    try {
      const page = await pageOf(browser);
      const device = await addVirtualAuthenticator(page);
      await signIn(page, username, password, UNLISTED);
      await page.goto(`${UNLISTED}/accounts/2fa/webauthn/add/`);
      await page.getByRole('button', { name: 'Create a passkey' }).click();
      await expect(
        page.getByText('Passkeys do not work under this address of the site.'),
      ).toBeVisible();
      expect(await device.count()).toBe(0);

      await signIn(page, username, password, RELATED);
      await page.goto(`${RELATED}/accounts/2fa/webauthn/add/`);
      await page.getByRole('button', { name: 'Create a passkey' }).click();
      await expect(page).toHaveURL(/recovery-codes/);
      expect(await device.count()).toBe(1);
      expect(await db.passkey.count({ where: { userId: user.id } })).toBe(1);

      for (const origin of [RELATED, SITE]) {
        await page.context().clearCookies();
        await page.goto(`${origin}/accounts/login/`);
        await expect(page).toHaveURL(`${origin}/dashboard/`);
        await expect(page.getByRole('main')).toContainText(username);
      }
    } finally {
      await close();
    }
  });
}
