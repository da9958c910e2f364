import { textOf } from '../../support/admin-script/page-forms';
import { PlainBrowser } from '../../support/admin-script/plain-browser';
import { postForm } from '../../support/attack/raw-form';
import { Visitor } from '../../support/e2e/visitor';
import { expect, signIn, type TestUser, test } from '../fixtures';

const LOGIN = '/accounts/login/';
const REFUSAL = 'form [role=alert]';

test('a stranger at a private page signs in and comes back to it', async ({ page, createUser }) => {
  const { username, password } = await createUser();
  await page.goto('/dashboard/?tab=groups');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/%3Ftab%3Dgroups');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/dashboard/?tab=groups');
  await expect(page.getByRole('main')).toContainText(username);
});

test('a wrong password is refused, keeps the name and is not repeated', async ({
  page,
  createUser,
}) => {
  const { username, password } = await createUser();
  const wrong = `${password}x`;
  await page.goto('/accounts/login/');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(wrong);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator(REFUSAL)).toContainText('do not match');
  await expect(page.getByLabel('Username')).toHaveValue(username);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  expect(await page.content()).not.toContain(wrong);
});

test('a wrong password, an unknown and an inactive user get the same page and status', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { username, password } = await createUser();
  const inactive = await createUser({ isActive: false });
  const tries = [
    [username, `${password}x`],
    ['nobody-of-that-name', password],
    [inactive.username, inactive.password],
  ] as const;
  const answers: { status: number; page: string }[] = [];
  for (const [name, secret] of tries) {
    const { status, body } = await sent(server.url, LOGIN, { username: name, password: secret });
    expect(body).toContain(`value="${name}"`);
    expect(body).not.toContain(secret);
    const [form = ''] = /<main[\s\S]*<\/main>/.exec(body) ?? [];
    answers.push({ status, page: textOf(form) });
  }
  expect(answers[0]?.page).toContain('do not match');
  expect(answers).toEqual(Array(3).fill({ status: 200, page: answers[0]?.page }));
});

test('an empty form names both fields and keeps what was typed', async ({ page }) => {
  await page.goto('/accounts/login/');
  await page.getByLabel('Username').fill('ada');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(page.getByLabel('Username')).toHaveValue('ada');
});

test('next never leads off the site', { tag: '@no-javascript-only' }, async ({
  server,
  createUser,
}) => {
  const { username, password } = await createUser();
  for (const next of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:1',
  ]) {
    const path = `${LOGIN}?next=${encodeURIComponent(next)}`;
    const { status, headers } = await sent(server.url, path, { username, password });
    expect([next, status, headers.location]).toEqual([next, 303, '/dashboard/']);
  }
});

test('the cookie is out of reach of scripts and lasts thirty days, or as long as the browser', {
  tag: '@no-javascript-only',
}, async ({ page, context, createUser }) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  const kept = (await context.cookies()).find(({ name }) => name === 'gatehouse_session');
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, path: '/' });
  expect(kept?.expires).toBeCloseTo(Date.now() / 1000 + 30 * 24 * 3600, -2);
  expect((kept?.name.length ?? 0) + (kept?.value.length ?? 0)).toBeLessThan(700);

  await context.clearCookies();
  await page.goto(LOGIN);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Keep me signed in').uncheck();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/dashboard/');
  const short = (await context.cookies()).find(({ name }) => name === 'gatehouse_session');
  expect(short?.expires).toBe(-1);
});

test('signing in gives a new session and another user ends the first one', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const [ada, bob] = [await createUser(), await createUser()];
  const cookies = new Map<string, string>();
  const browser = new PlainBrowser(server.url, cookies);
  const signInAs = async ({ username, password }: TestUser) => {
    const form = await browser.open(LOGIN);
    const page = await browser.submit(form, 'password', { username, password });
    expect([page.address, page.body.includes(username)]).toEqual(['/dashboard/', true]);
    return cookies.get('gatehouse_session') ?? '';
  };
  const adas = await signInAs(ada);
  expect(await signInAs(bob)).not.toBe(adas);
  cookies.set('gatehouse_session', adas);
  expect((await browser.open('/dashboard/')).address).toBe(`${LOGIN}?next=/dashboard/`);
});

test('the keyboard alone signs in and out', { tag: '@javascript-only' }, async ({
  page,
  createUser,
}) => {
  const { username, password } = await createUser();
  await page.goto('/accounts/password_reset/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.goto('/accounts/login/');
  await expect(page.getByLabel('Username')).toBeFocused();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/dashboard/');
  const signOut = page.getByRole('banner').getByRole('button', { name: 'Sign out' });
  for (
    let i = 0;
    i < 20 && !(await signOut.evaluate((e) => e === document.activeElement));
    i += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
});

test('damaged cookies are no session and no error', { tag: '@no-javascript-only' }, async ({
  server,
}) => {
  for (const value of [
    'x',
    'Fe26.2*1*x',
    '%zz',
    'Fe26.2*__proto__*a*b*c**d*e~2',
    'y'.repeat(3900),
  ]) {
    const visitor = new Visitor(server.url, `gatehouse_session=${value}`);
    const { status, headers } = await visitor.get('/dashboard/');
    expect([value, status, headers.location]).toEqual([value, 302, `${LOGIN}?next=/dashboard/`]);
  }
});

function sent(origin: string, path: string, typed: Record<string, string>) {
  return postForm(`${origin}${path}`, 'Sign in', typed, { origin });
}
