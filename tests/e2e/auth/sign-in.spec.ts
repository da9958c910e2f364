import { expect, signIn, test } from '../fixtures';

const REFUSAL = 'form [role=alert]';

test('a stranger at a private page signs in and comes back to it', async ({ page, createUser }) => {
  const { username, password } = await createUser();
  await page.goto('/dashboard/?tab=groups');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/%3Ftab%3Dgroups');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/dashboard/?tab=groups');
  await expect(page.getByRole('main')).toContainText(username);
});

test('a wrong password and an unknown user get the same words and status', async ({
  page,
  createUser,
}) => {
  const { username, password } = await createUser();
  const inactive = await createUser({ isActive: false });
  const tries = [
    [username, `${password}x`],
    ['nobody-of-that-name', password],
    [inactive.username, inactive.password],
  ] as const;
  const answers: { status: number | undefined; words: string }[] = [];
  for (const [name, secret] of tries) {
    await page.goto('/accounts/login/');
    await page.getByLabel('Username').fill(name);
    await page.getByLabel('Password', { exact: true }).fill(secret);
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const words = (await page.locator(REFUSAL).textContent()) ?? '';
    answers.push({ status: (await answered).status(), words });
    await expect(page.getByLabel('Username')).toHaveValue(name);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    expect(await page.content()).not.toContain(secret);
  }
  expect(answers).toEqual(Array(3).fill({ status: 200, words: answers[0]?.words }));
});

test('an empty form names both fields and keeps what was typed', async ({ page }) => {
  await page.goto('/accounts/login/');
  await page.getByLabel('Username').fill('ada');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(page.getByLabel('Username')).toHaveValue('ada');
});

test('next never leads off the site', async ({ page, createUser }) => {
  const { username, password } = await createUser();
  for (const next of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:1',
  ]) {
    await page.context().clearCookies();
    await page.goto(`/accounts/login/?next=${encodeURIComponent(next)}`);
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/dashboard/');
  }
});

test('the cookie is out of reach of scripts and lasts thirty days, or as long as the browser', async ({
  page,
  context,
  createUser,
}) => {
  const { username, password } = await createUser();
  await signIn(page, username, password);
  const kept = (await context.cookies()).find(({ name }) => name === 'gatehouse_session');
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, path: '/' });
  expect(kept?.expires).toBeCloseTo(Date.now() / 1000 + 30 * 24 * 3600, -2);
  expect((kept?.name.length ?? 0) + (kept?.value.length ?? 0)).toBeLessThan(700);

  await context.clearCookies();
  await page.goto('/accounts/login/');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Keep me signed in').uncheck();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/dashboard/');
  const short = (await context.cookies()).find(({ name }) => name === 'gatehouse_session');
  expect(short?.expires).toBe(-1);
});

test('signing in gives a new session and another user ends the first one', async ({
  page,
  context,
  createUser,
}) => {
  const [ada, bob] = [await createUser(), await createUser()];
  await signIn(page, ada.username, ada.password);
  const adas = await context.cookies();
  await signIn(page, bob.username, bob.password);
  await expect(page.getByRole('banner')).toContainText(bob.username);
  await context.clearCookies();
  await context.addCookies(adas);
  await page.goto('/dashboard/');
  await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
});

test('the keyboard alone signs in and out', { tag: '@javascript-only' }, async ({
  page,
  createUser,
}) => {
  const { username, password } = await createUser();
  await page.goto('/accounts/login/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Username')).toBeFocused();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/dashboard/');
  const signOut = page.getByRole('banner').getByRole('button', { name: 'Sign out' });
  for (
    let i = 0;
    i < 12 && !(await signOut.evaluate((e) => e === document.activeElement));
    i += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
});

test('damaged cookies are no session and no error', async ({ page, context, baseURL }) => {
  for (const value of [
    'x',
    'Fe26.2*1*x',
    '%zz',
    'Fe26.2*__proto__*a*b*c**d*e~2',
    'y'.repeat(3900),
  ]) {
    await context.clearCookies();
    await context.addCookies([{ name: 'gatehouse_session', value, url: baseURL ?? '' }]);
    const answer = await page.goto('/dashboard/');
    expect(answer?.status()).toBe(200);
    await expect(page).toHaveURL('/accounts/login/?next=/dashboard/');
  }
});
