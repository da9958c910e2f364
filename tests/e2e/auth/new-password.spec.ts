import { expect, test } from '../fixtures';

const rule = (text: string) => ({ hasText: text });

test('the rules stand below a new password, and are ticked off as they are met', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  // Random digits in it could be too similar to those that are typed.
  const username = `margarethes-${crypto.randomUUID().replace(/\d/g, 'x')}`.slice(0, 30);
  const { user } = await createUser({ username, firstName: 'Margarethe' });
  await login(user);
  await page.goto('/accounts/password_change/');
  const password = page.getByLabel('New password', { exact: true });
  const rules = page.locator('#id_new_password1_rules li');
  const met = page.locator('#id_new_password1_rules [data-met]');
  await expect(rules).toHaveCount(4);
  await expect(met).toHaveCount(0);
  await password.fill('1234567');
  await expect(met).toHaveText([/Not too similar/]);
  await password.fill('12345678');
  await expect(met).toHaveText([/Not too similar/, /At least 8 characters/]);
  await password.fill('margarethe');
  await expect(met).toHaveText([/At least 8 characters/, /Not digits only/]);
  await password.fill(username);
  await expect(rules.filter(rule('Not too similar'))).not.toHaveAttribute('data-met');
  await password.fill('a password of some length');
  await expect(met).toHaveCount(3);
  await expect(rules.filter(rule('many people use'))).not.toHaveAttribute('data-met');
  await password.fill('');
  await expect(met).toHaveCount(0);
});

test('after a refusal the ticks are gone with what was typed', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const { user, password } = await createUser();
  await login(user);
  await page.goto('/accounts/password_change/');
  await page.getByLabel('Current password', { exact: true }).fill(password);
  await page.getByLabel('New password', { exact: true }).fill('password1');
  await page.getByLabel('New password again', { exact: true }).fill('password1');
  await expect(page.locator('[data-met]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.locator('#id_new_password2_error')).toContainText('too common');
  await expect(page.getByLabel('New password', { exact: true })).toHaveValue('');
  await expect(page.locator('[data-met]')).toHaveCount(0);
});

test('the rules are a plain list that describes the control', async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser();
  await login(user);
  await page.goto('/accounts/password_change/');
  await expect(page.getByLabel('New password', { exact: true })).toHaveAccessibleDescription(
    /At least 8 characters\. Not a password that many people use/,
  );
  await expect(page.locator('[data-met]')).toHaveCount(0);
});
