import type { Page } from '@playwright/test';
import { db } from '@/lib/db/client';
import { accountKey } from '@/lib/extras/throttling/keys';
import { PlainBrowser } from '../../support/admin-script/plain-browser';
import { expect, test, visitorOf } from '../fixtures';
import { fillNewPassword } from '../mailbox';

const NEW = 'a meadow of larks';
const ALERT = 'form [role=alert]';
const newAddress = () => `${crypto.randomUUID()}@example.com`;

async function change(page: Page, old: string, first = NEW, second = first): Promise<void> {
  await page.getByLabel('Current password', { exact: true }).fill(old);
  await fillNewPassword(page, first, second);
  await page.getByRole('button', { name: 'Change password' }).click();
}

test('a changed password ends the other sessions, keeps this one, and is told by mail', async ({
  page,
  server,
  mailbox,
  createUser,
  login,
}) => {
  const email = newAddress();
  const { user, username, password } = await createUser({ email });
  const other = await visitorOf(server.url, user);
  expect((await other.get('/dashboard/')).body).toContain(username);
  await login(user);
  await page.goto('/dashboard/');
  const before = (await page.context().cookies()).find(({ name }) => name === 'gatehouse_session');

  await page.getByRole('main').getByRole('link', { name: 'Change password' }).click();
  await expect(page).toHaveURL('/accounts/password_change/');
  await expect(page.locator('input[name=username][autocomplete=username]')).toHaveValue(username);
  await expect(page.getByLabel('Current password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'current-password',
  );
  await change(page, password);
  await expect(page).toHaveURL('/accounts/password_change/done/');
  await expect(page.locator('[role=status]')).toContainText('Your other sessions have ended: 1.');
  const after = (await page.context().cookies()).find(({ name }) => name === 'gatehouse_session');
  expect(after?.value).not.toBe(before?.value);

  await page.goto('/dashboard/');
  await expect(page.getByRole('main')).toContainText(username);
  const ended = await other.get('/dashboard/');
  expect(ended.headers.location).toBe('/accounts/login/?next=/dashboard/');
  const there = new PlainBrowser(server.url);
  const form = await there.open('/accounts/login/');
  const signedIn = await there.submit(form, 'password', { username, password: NEW });
  expect([signedIn.address, signedIn.body.includes(username)]).toEqual(['/dashboard/', true]);
  const notice = await mailbox.nextMailTo(email);
  expect(notice.text).toMatch(/network address (127\.0\.0\.1|::1)\./);
  expect(notice.headers['subject']).toContain('was changed');
});

test('a wrong old password and a bad new one change nothing and are not repeated', async ({
  page,
  javaScriptEnabled,
  createUser,
  login,
}) => {
  const { user, username, password } = await createUser({ email: newAddress() });
  await login(user);
  const tries = [
    ['not-the-old-one', NEW, NEW, ['old_password']],
    [password, NEW, `${NEW}-x`, ['new_password2']],
    [password, 'abc', 'abc', ['new_password2']],
    [password, username, username, ['new_password2']],
    ['not-the-old-one', NEW, '', ['old_password', 'new_password2']],
  ] as const;
  // Without scripts the last of them, which has both kinds of error, shows how they are drawn.
  for (const [old, first, second, fields] of javaScriptEnabled ? tries : tries.slice(-1)) {
    await page.goto('/accounts/password_change/');
    await change(page, old, first, second);
    await expect(page.locator(ALERT)).toBeVisible();
    for (const name of ['old_password', 'new_password1', 'new_password2']) {
      const field = page.locator(`input[name=${name}]`);
      await expect(field).toHaveValue('');
      const isWrong = fields.some((wrong) => wrong === name);
      if (isWrong) await expect(field).toHaveAttribute('aria-invalid', 'true');
      else await expect(field).not.toHaveAttribute('aria-invalid', 'true');
    }
    const html = await page.content();
    for (const typed of [old, NEW]) expect(html).not.toContain(typed);
  }
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/dashboard/');
  const row = await db.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { password: true },
  });
  expect(row.password).toBe(user.encodedPassword());
});

test('who guesses at the old password of an open session is slowed down', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, login, allowConsoleErrors }) => {
  allowConsoleErrors(/status of 429/);
  const { user, password } = await createUser({ email: newAddress() });
  await login(user);
  await page.goto('/accounts/password_change/');
  await change(page, 'a guess');
  await expect(page.locator('input[name=old_password]')).toHaveAttribute('aria-invalid', 'true');
  const { count } = await db.throttle.updateMany({
    where: {
      kind: 'password_change',
      key: { startsWith: accountKey('password_change', user.username) },
    },
    data: { blockedUntil: new Date(Date.now() + 60_000) },
  });
  expect(count).toBe(1);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await change(page, password);
  const answer = await answered;
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(30);
  await expect(page.locator(ALERT)).toContainText('Too many');
});

test('somebody without a usable password is told that there is none', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser();
  await user.setUnusablePassword();
  await user.save(['password']);
  await login(user);
  await page.goto('/accounts/password_change/');
  await expect(page.getByRole('main')).toContainText('no password here');
  await expect(page.locator('input[type=password]')).toHaveCount(0);
});

test('a stranger signs in first, and comes back', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { username, password } = await createUser();
  for (const path of ['/accounts/password_change/', '/accounts/password_change/done/']) {
    const browser = new PlainBrowser(server.url);
    const form = await browser.open(path);
    expect(form.address).toBe(`/accounts/login/?next=${path}`);
    const page = await browser.submit(form, 'password', { username, password });
    expect([page.address, page.status]).toEqual([path, 200]);
  }
});
