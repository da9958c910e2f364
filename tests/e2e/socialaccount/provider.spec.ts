import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { CLIENT, startProvider, type TestProvider } from '../../support/socialaccount/provider';
import { expect, signIn, test } from '../fixtures';

let provider: TestProvider | null = null;

test.afterEach(async () => {
  await provider?.stop();
});

test('an account elsewhere is linked, signs in, and is signed out of, under the policy of production', async ({
  page,
  serve,
  server,
  createUser,
  javaScriptEnabled,
}) => {
  provider = await startProvider(['acme']);
  const { issuer, at, people } = provider;
  const acme = { id: 'acme', name: 'Acme', issuer, clientId: CLIENT.clientId, logout: 'provider' };
  const { url } = await serve(server.databaseUrl, {
    SOCIALACCOUNT_PROVIDERS: JSON.stringify([acme]),
    SOCIALACCOUNT_ACME_CLIENT_SECRET: CLIENT.clientSecret,
  });
  await provider.open(url);
  const check = async () => {
    if (javaScriptEnabled !== false)
      expect([page.url(), await faultsOf(page)]).toEqual([page.url(), {}]);
  };
  const { user, username, password } = await createUser();
  const [sub, stranger] = [crypto.randomUUID(), crypto.randomUUID()];
  people.set(sub, { email: 'ada@acme.example', email_verified: true });
  people.set(stranger, {});

  at.sub = sub;
  await signIn(page, username, password, url);
  await page.goto(`${url}/accounts/`);
  await page.getByRole('link', { name: 'Accounts elsewhere' }).click();
  await page.waitForURL(`${url}/accounts/3rdparty/`);
  await page.getByRole('button', { name: 'Link Acme' }).click();
  await expect(page).toHaveURL(`${url}/accounts/3rdparty/`);
  await expect(page.getByRole('listitem').filter({ hasText: 'ada@acme.example' })).toBeVisible();
  await check();
  const where = { provider: 'acme', uid: sub };
  expect(await db.socialAccount.findMany({ where })).toMatchObject([{ userId: user.id }]);

  await page.context().clearCookies();
  await page.goto(`${url}/accounts/login/?next=/accounts/`);
  await check();
  await page.getByRole('button', { name: 'Sign in with Acme' }).click();
  await expect(page).toHaveURL(`${url}/accounts/`);
  await expect(page.getByRole('banner')).toContainText(username);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${issuer}/session/end?**`);
  await page.getByRole('button', { name: /Yes/ }).click();
  await page.waitForURL(`${url}/accounts/logout/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed out');

  at.sub = stranger;
  await page.goto(`${url}/accounts/login/`);
  await page.getByRole('button', { name: 'Sign in with Acme' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'No account here for this sign-in',
  );
  await check();
  await page.goto(`${url}/accounts/oidc/acme/login/callback/?code=x&state=y`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in at Acme did not work');
});
