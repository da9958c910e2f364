import type { Request } from '@playwright/test';
import { encodeUid } from '@/lib/contrib/auth/tokens';
import { db } from '@/lib/db/client';
import { postForm, sendRaw } from '../../support/attack/raw-form';
import { startServer } from '../../support/e2e/server';
import { smtpServer } from '../../support/mail';
import { expect, sealedSession, signIn, test } from '../fixtures';
import { askForLink, fillNewPassword, linkIn, setPassword } from '../mailbox';

const NEW = 'a meadow of larks';
const newAddress = () => `${crypto.randomUUID()}@example.com`;

test('a forgotten password is set anew by a mailed link, which works once', async ({
  page,
  server,
  mailbox,
  createUser,
}) => {
  const email = newAddress();
  const { user, username, password } = await createUser({ email });
  const elsewhere = `gatehouse_session=${await sealedSession(user)}`;
  const dashboard = () => sendRaw(`${server.url}/dashboard/`, { headers: { cookie: elsewhere } });
  expect((await dashboard()).status).toBe(200);
  await db.user.update({ where: { id: user.id }, data: { lastLogin: new Date(0) } });

  await page.goto('/accounts/login/');
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await expect(page).toHaveTitle(/^Reset password/);
  await page.getByLabel('Email address').fill(email.toUpperCase());
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page).toHaveURL('/accounts/password_reset/done/');
  const { path } = linkIn(await mailbox.nextMailTo(email));

  await page.goto(path);
  const setPage = `/accounts/reset/${encodeUid(user.id)}/set-password/`;
  await expect(page).toHaveURL(setPage);
  await expect(page.getByRole('main')).toContainText(username);
  await expect(page.locator('input[name=username][autocomplete=username]')).toHaveValue(username);
  for (const name of ['new_password1', 'new_password2']) {
    await expect(page.locator(`input[name=${name}]`)).toHaveAttribute(
      'autocomplete',
      'new-password',
    );
  }
  await fillNewPassword(page, 'short-1', 'short-2');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await expect(page.locator('form [role=alert]')).toContainText('differ');
  await expect(page.getByLabel('New password', { exact: true })).toHaveValue('');
  expect(await page.content()).not.toContain('short-');

  await setPassword(page, NEW);
  await expect(page).toHaveURL('/accounts/reset/done/');
  expect((await dashboard()).headers.location).toBe('/accounts/login/?next=/dashboard/');
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
  const notice = await mailbox.nextMailTo(email, 1);
  expect(notice.headers['subject']).toContain('was changed');
  expect(notice.text).toContain(`${server.url}/accounts/password_reset/`);
  expect(`${notice.text}${notice.html}`).not.toContain(NEW);

  await page.goto(path);
  await expect(page).toHaveTitle(/^Password reset unsuccessful/);
  await signIn(page, username, NEW);
  await expect(page.getByRole('main')).toContainText(username);
  await page.context().clearCookies();
  await page.goto('/accounts/login/');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator('form [role=alert]')).toBeVisible();
});

test('known and unknown addresses get the same answer, and only the known one gets mail', {
  tag: '@no-javascript-only',
}, async ({ server, mailbox, createUser }) => {
  const [known, inactive, passwordless] = [newAddress(), newAddress(), newAddress()];
  await createUser({ email: known });
  await createUser({ email: inactive, isActive: false });
  const { user } = await createUser({ email: passwordless });
  await user.setUnusablePassword();
  await user.save(['password']);
  const url = `${server.url}/accounts/password_reset/`;
  const answers = [];
  for (const email of [newAddress(), inactive, passwordless, known]) {
    const { status, body, headers } = await postForm(url, 'Send the link', { email });
    const {
      date: _,
      'x-request-id': _name,
      'content-security-policy': policy,
      ...others
    } = headers;
    answers.push({ status, body, others, policy: String(policy).replace(/nonce-[^']+/g, 'nonce') });
  }
  expect(answers[0]).toMatchObject({
    status: 303,
    others: { location: '/accounts/password_reset/done/' },
  });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  await mailbox.nextMailTo(known);
  for (const email of [inactive, passwordless]) expect(await mailbox.mailsTo(email)).toEqual([]);
});

test('the answer does not wait for the mail server', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const email = newAddress();
  await createUser({ email });
  const smtp = await smtpServer({ silent: true });
  const slow = await startServer(server.databaseUrl, { EMAIL_URL: `smtp://${smtp.host}` });
  const url = `${slow.url}/accounts/password_reset/`;
  await postForm(url, 'Send the link', { email: newAddress() });
  const { status } = await postForm(url, 'Send the link', { email });
  expect(status).toBe(303);
  // The mail server is silent still, and nobody has given it up.
  expect(slow.lines.join('\n')).not.toContain('was not sent');
  await expect.poll(() => smtp.sockets.size).toBe(1);
  await smtp.close();
  await expect.poll(() => slow.lines.join('\n')).toContain('was not sent');
  expect(slow.lines.join('\n')).not.toContain('/accounts/reset/');
  await slow.stop();
});

test('the token is in no address, referrer or log line after the first hit', {
  tag: '@javascript-only',
}, async ({ page, context, server, mailbox, createUser }) => {
  const email = newAddress();
  const { user } = await createUser({ email });
  await askForLink(page, email);
  const { path, token } = linkIn(await mailbox.nextMailTo(email));
  const requests: Request[] = [];
  page.on('requestfinished', (request) => requests.push(request));
  await page.goto(path);
  const names = async () => (await context.cookies()).map(({ name }) => name);
  expect(await names()).toContain('gatehouse_reset');
  await expect(page.locator('meta[name=referrer]')).toHaveAttribute('content', 'same-origin');
  await setPassword(page, NEW);
  await page.waitForURL('/accounts/reset/done/');
  expect(await names()).not.toContain('gatehouse_reset');
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('/accounts/login/');

  const seen: string[] = [];
  for (const request of requests) {
    seen.push(request.url(), (await request.headerValue('referer')) ?? '');
  }
  expect(seen.filter((text) => text.includes(token))).toEqual([`${server.url}${path}`]);
  expect(seen.length).toBeGreaterThan(4);
  expect(server.lines.filter((line) => line.includes(token))).toEqual([]);
  const first = await sendRaw(`${server.url}${path}`);
  expect(first.headers).toMatchObject({
    location: `/accounts/reset/${encodeUid(user.id)}/set-password/`,
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  });
  const [cookie] = (await sendRaw(`${server.url}${path}`)).headers['set-cookie'] ?? [];
  expect(cookie).not.toContain(token);
  expect(cookie).toContain(`Path=/accounts/reset/${encodeUid(user.id)}/set-password/`);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=lax/i);
  expect(cookie).toMatch(/Max-Age=3600/);
});

test('links begin with APP_ORIGIN, or with an allowed host, and never with another', {
  tag: '@no-javascript-only',
}, async ({ server, mailbox, createUser }) => {
  const email = newAddress();
  await createUser({ email });
  const url = `${server.url}/accounts/password_reset/`;
  for (const host of ['evil.example', 'localhost.evil.example', 'localhost@evil.example']) {
    for (const method of ['GET', 'POST']) {
      expect([host, (await sendRaw(url, { method, headers: { host } })).status]).toEqual([
        host,
        400,
      ]);
    }
    const forwarded = { 'x-forwarded-host': host };
    expect((await postForm(url, 'Send the link', { email: newAddress() }, forwarded)).status).toBe(
      303,
    );
  }
  await postForm(url, 'Send the link', { email });
  expect((await mailbox.nextMailTo(email)).text).toContain(`${server.url}/accounts/reset/`);
  expect(await mailbox.mailsTo(email)).toHaveLength(1);

  const APP_ORIGIN = 'https://gatehouse.example';
  const behind = await startServer(server.databaseUrl, { APP_ORIGIN, EMAIL_URL: mailbox.url });
  await postForm(`${behind.url}/accounts/password_reset/`, 'Send the link', { email });
  const { text } = await mailbox.nextMailTo(email, 1);
  expect(text).toContain(`${APP_ORIGIN}/accounts/reset/`);
  expect(text).not.toContain('localhost');
  await behind.stop();
});

test('who asks too often is told when to come back', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, allowConsoleErrors }) => {
  allowConsoleErrors(/status of 429/);
  const email = newAddress();
  await createUser({ email });
  for (let i = 0; i < 3; i += 1) await askForLink(page, email);
  await page.goto('/accounts/password_reset/');
  await page.getByLabel('Email address').fill(email);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Send the link' }).click();
  const answer = await answered;
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
  await expect(page.locator('form [role=alert]')).toContainText('Too many');
  await expect(page.getByLabel('Email address')).toHaveValue(email);
});

test('what cannot be an address is said at the field and kept', async ({ page }) => {
  await page.goto('/accounts/password_reset/');
  await page.getByLabel('Email address').fill('a..b@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.locator('#id_email_error')).toContainText('not a valid email address');
  await expect(page.getByLabel('Email address')).toHaveValue('a..b@example.com');
});
