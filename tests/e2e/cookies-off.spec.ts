import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { PlainBrowser } from '../support/admin-script/plain-browser';
import { findBrowser } from '../support/e2e/browser';
import { faultsOf } from '../support/e2e/look';
import { expect, test } from './fixtures';

const WORDS = 'This browser keeps no cookies for this site.';

const BLOCKED = { profile: { default_content_setting_values: { cookies: 2 } } };

test('a browser that blocks cookies is told why nobody stays signed in', async ({
  server,
  launchOptions,
  javaScriptEnabled,
  createUser,
}) => {
  const { username, password } = await createUser();
  const profile = mkdtempSync(path.join(tmpdir(), 'no-cookies-'));
  mkdirSync(path.join(profile, 'Default'));
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(BLOCKED));
  // The whole browser: the headless shell has no preferences.
  const executablePath = findBrowser();
  const options = {
    ...launchOptions,
    ...(executablePath && { executablePath }),
    javaScriptEnabled,
  };
  const context = await chromium.launchPersistentContext(profile, options);
  try {
    const page = await context.newPage();
    await page.goto(`${server.url}/accounts/login/?next=/dashboard/`);
    if (javaScriptEnabled) {
      await expect(page.getByText(WORDS)).toBeVisible();
      expect(await faultsOf(page)).toEqual({});
      return;
    }
    const send = async (secret: string) => {
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password', { exact: true }).fill(secret);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await send(`${password}x`);
    await expect(page.getByText('do not match')).toBeVisible();
    await expect(page.getByText(WORDS)).toHaveCount(0);
    await send(password);
    await expect(page.getByText(WORDS)).toBeVisible();
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

const EXPORT = '/admin/auth/user/export/?is_staff__exact=1';
const LIST = '/admin/auth/user/?is_staff__exact=1';

test('who keeps cookies is told nothing of them, and arrives where no page is', async ({
  page,
  createUser,
}) => {
  const { username, password } = await createUser({ isStaff: true, isSuperuser: true });
  await page.goto(`/accounts/login/?next=${encodeURIComponent(EXPORT)}`);
  await expect(page.getByText(WORDS)).toHaveCount(0);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(LIST);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('each address that is no page has one to arrive at', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { username, password } = await createUser({ isStaff: true, isSuperuser: true });
  const arrivals = {
    [EXPORT]: LIST,
    '/admin/palette/?q=a': '/dashboard/',
    '/accounts/draft-key/': '/dashboard/',
    '/healthz/': '/dashboard/',
    '/admin/password_change/': '/accounts/password_change/',
  };
  for (const [next, arrival] of Object.entries(arrivals)) {
    const browser = new PlainBrowser(server.url);
    const form = await browser.open(`/accounts/login/?next=${encodeURIComponent(next)}`);
    const page = await browser.submit(form, 'password', { username, password });
    expect([next, page.address, page.status]).toEqual([next, arrival, 200]);
    expect(page.body).toContain('<h1');
  }
});
