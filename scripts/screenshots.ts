// The pictures of the README, taken from the production build: npx tsx scripts/screenshots.ts
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { users } from '@/lib/contrib/auth/users/managers';
import { terminal } from '@/lib/core/management/terminal';
import { db } from '@/lib/db/client';
import { command as seed } from '@/prisma/seed';
import { findBrowser } from '../tests/support/e2e/browser';
import {
  connectTo,
  createSqlite,
  neutral,
  testEnvironment,
} from '../tests/support/e2e/environment';
import { startServer } from '../tests/support/e2e/server';

const PASSWORD = 'only for these pictures';
const folder = path.resolve(import.meta.dirname, '../docs/screenshots');

type Shot = { name: string; path: string; as?: string; dark?: boolean; width?: number };

const SHOTS: Shot[] = [
  { name: 'sign-in', path: '/accounts/login/' },
  { name: 'dashboard', path: '/dashboard/', as: 'grace' },
  { name: 'dashboard-dark', path: '/dashboard/', as: 'grace', dark: true },
  { name: 'denied', path: '/dashboard/articles/add/', as: 'edsger' },
  { name: 'matrix', path: '/admin/auth/matrix/', as: 'root' },
  { name: 'users', path: '/admin/auth/user/', as: 'root' },
  { name: 'articles-phone', path: '/dashboard/articles/', as: 'ada', width: 390 },
];

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    colorScheme: shot.dark ? 'dark' : 'light',
    viewport: { width: shot.width ?? 1120, height: shot.width ? 780 : 720 },
    deviceScaleFactor: shot.width ? 2 : 1,
  });
  const page = await context.newPage();
  if (shot.as) {
    await page.goto(`${url}/accounts/login/`);
    await page.getByLabel('Username').fill(shot.as);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(({ pathname }) => pathname !== '/accounts/login/');
  }
  await page.goto(url + shot.path);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${shot.name}.png`) });
  await context.close();
}

Object.assign(process.env, neutral, testEnvironment, { DEMO_PASSWORD: PASSWORD });
mkdirSync(folder, { recursive: true });
const database = await createSqlite();
await connectTo(database.url);
await seed.run([], terminal);
await users.createSuperuser({ username: 'root', password: PASSWORD });
await db.$disconnect();
const server = await startServer(database.url);
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const shot of SHOTS) await take(browser, server.url, shot);
await browser.close();
await server.stop();
await connectTo(undefined);
await database.remove();
