import path from 'node:path';
import type { APIRequestContext, Page, Response } from '@playwright/test';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { db } from '@/lib/db/client';
import { postForm } from '../../support/attack/raw-form';
import { formsOf } from '../../support/e2e/html-forms';
import { faultsOf } from '../../support/e2e/look';
import { expect, signIn, test } from '../fixtures';

const REFUSAL = 'form [role=alert]';
const FREE = 5;

async function trySignIn(page: Page, username: string, password: string): Promise<Response> {
  await page.goto('/accounts/login/');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  // The page asks for the options of a passkey by POST too.
  const answered = page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' &&
      new URL(response.url()).pathname === '/accounts/login/',
  );
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return answered;
}

/** Use up the free tries of a name, from a browser but without drawing the pages. */
async function hammer(request: APIRequestContext, username: string): Promise<void> {
  const address = '/accounts/login/';
  const [form] = formsOf(await (await request.get(address)).text());
  for (let i = 0; i < FREE; i += 1) {
    const fields = { ...Object.fromEntries(form?.fields ?? []), username, password: `wrong-${i}` };
    const headers = { 'sec-fetch-site': 'same-origin' };
    const answer = await request.post(address, { multipart: fields, headers });
    expect(answer.status()).toBe(200);
    expect(await answer.text()).toContain('do not match');
  }
}

// The server's clock cannot be moved, so the waits are moved into the past instead.
async function letTimePass(seconds: number): Promise<void> {
  for (const { id, blockedUntil } of await db.throttle.findMany()) {
    const earlier = new Date(blockedUntil.getTime() - seconds * 1000);
    await db.throttle.update({ where: { id }, data: { blockedUntil: earlier } });
  }
}

async function makeWait(seconds: number): Promise<void> {
  const blockedUntil = new Date(Date.now() + seconds * 1000);
  await db.throttle.updateMany({
    where: { scope: 'account', tries: FREE },
    data: { blockedUntil },
  });
}

test.beforeEach(async ({ allowConsoleErrors }) => {
  allowConsoleErrors(/status of 429/);
  await db.throttle.deleteMany();
});

test('after five failures the form says when to come back, and keeps what was typed', async ({
  page,
  javaScriptEnabled,
  createUser,
}) => {
  const { username, password } = await createUser();
  await hammer(page.request, username);
  await makeWait(100);
  const answer = await trySignIn(page, username, password);
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(90);
  await expect(page.locator(REFUSAL)).toHaveText(
    /^Too many tries\. Try again in (9\d|100) seconds, at \d\d:\d\d:\d\d UTC\. You can reset your password at once\.$/,
  );
  await expect(page.getByLabel('Username')).toHaveValue(username);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  expect(await page.content()).not.toContain(password);
  if (javaScriptEnabled) expect(await faultsOf(page)).toEqual({});

  await letTimePass(101);
  expect((await trySignIn(page, username, password)).status()).toBeLessThan(400);
  await expect(page).toHaveURL('/dashboard/');
  const { tries } = await db.throttle.findFirstOrThrow({ where: { scope: 'account' } });
  expect(tries).toBe(0);
});

test('a name that nobody has waits exactly like one that somebody has', {
  tag: '@no-javascript-only',
}, async ({ page, createUser }) => {
  const { username } = await createUser();
  const answers: { status: number; words: string | undefined }[] = [];
  for (const name of [username, 'nobody-of-that-name']) {
    await hammer(page.request, name);
    await makeWait(1000);
    const answer = await trySignIn(page, name, 'wrong');
    await expect(page.locator(REFUSAL)).toContainText('Too many tries');
    const words = (await page.locator(REFUSAL).textContent())?.replace(/\d\d:\d\d:\d\d/, 'then');
    answers.push({ status: answer.status(), words });
  }
  expect(answers[1]).toEqual(answers[0]);
});

test('nobody is shut out: a device that was signed in on before still gets in', {
  tag: '@no-javascript-only',
}, async ({ page, browser, contextOptions, baseURL, createUser }) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');

  const elsewhere = await browser.newContext({ ...contextOptions, baseURL: baseURL ?? '' });
  const attacker = await elsewhere.newPage();
  await hammer(elsewhere.request, username);
  await makeWait(900);
  expect((await trySignIn(attacker, username, password)).status()).toBe(429);
  await elsewhere.close();

  await signIn(page, username, password);
  await expect(page).toHaveURL('/dashboard/');
});

test('on a new device the owner resets the password, and that device is known', {
  tag: '@no-javascript-only',
}, async ({ page, browser, contextOptions, baseURL, createUser }) => {
  const { user, username } = await createUser();
  const elsewhere = await browser.newContext({ ...contextOptions, baseURL: baseURL ?? '' });
  await hammer(elsewhere.request, username);
  await elsewhere.close();
  await makeWait(900);

  const password = 'a quite new passphrase';
  await page.goto(
    `/accounts/reset/${encodeUid(user.id)}/${defaultTokenGenerator.makeToken(user)}/`,
  );
  for (const label of ['New password', 'New password again']) {
    await page.getByLabel(label, { exact: true }).fill(password);
  }
  await page
    .locator('main form')
    .getByRole('button', { name: /password/i })
    .last()
    .click();
  await expect(page).toHaveURL('/accounts/reset/done/');
  await signIn(page, username, password);
  await expect(page).toHaveURL('/dashboard/');
});

test('the mark of a known device is out of reach of scripts and names nobody', {
  tag: '@no-javascript-only',
}, async ({ page, context, createUser }) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  const mark = (await context.cookies()).find(({ name }) => name === 'gatehouse_device');
  expect(mark).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/accounts/login/' });
  expect(mark?.expires).toBeCloseTo(Date.now() / 1000 + 180 * 24 * 3600, -2);
  expect(mark?.value).not.toContain(username);
});

test('a sign-in that finds the queue of passwords full is a 503, and no try', {
  tag: '@javascript-only',
}, async ({ page, server, serve, createUser, allowConsoleErrors }) => {
  allowConsoleErrors(/status of 503/);
  const { user, username, password } = await createUser();
  const fullQueue = path.join(import.meta.dirname, '../../support/e2e/full-queue.mjs');
  const full = await serve(server.databaseUrl, { NODE_OPTIONS: `--import ${fullQueue}` });
  const url = `${full.url}/accounts/login/`;
  const typed = { username, password };
  const { status, headers, body } = await postForm(url, 'Sign in', typed, { origin: full.url });
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(1);
  expect(body).toContain('Too many people are signing in just now. Try again in');
  expect(body).toContain(`value="${username}"`);
  expect(body).not.toContain(password);
  const rows = await db.throttle.findMany({ where: { kind: 'login' } });
  expect(rows.map(({ tries }) => tries)).toEqual([0, 0]);
  expect(await db.session.count({ where: { userId: user.id } })).toBe(0);

  await page.goto(url);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator(REFUSAL)).toContainText('Too many people are signing in');
  expect(await faultsOf(page)).toEqual({});
});
