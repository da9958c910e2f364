import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import {
  addVirtualAuthenticator,
  countAsking,
  timesAsked,
} from '../../support/mfa/virtual-authenticator';
import { expect, signIn, test } from '../fixtures';

const SIGN_IN = '/accounts/login/';
const LIST = '/accounts/2fa/webauthn/';

test.describe('a passkey', { tag: '@javascript-only' }, () => {
  test('is offered, made, named, renamed, and signs in by button and by autofill, until it is removed', async ({
    page,
    createUser,
    allowConsoleErrors,
  }) => {
    const { user, username, password } = await createUser();
    const html = await (await page.request.get(SIGN_IN)).text();
    expect(html).toMatch(/<noscript>.*Signing in with a passkey needs JavaScript\./);
    const device = await addVirtualAuthenticator(page);
    await countAsking(page);
    await signIn(page, username, password);
    const offer = page.getByRole('region', { name: 'Sign in without your password' });
    await offer.getByRole('link', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name').fill('My laptop');
    expect(await faultsOf(page)).toEqual({});
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(page).toHaveURL(/recovery-codes/);
    await page.goto('/dashboard/');
    await expect(offer).toHaveCount(0);

    await page.goto(LIST);
    await expect(page.getByRole('listitem').filter({ hasText: 'My laptop' })).toHaveCount(1);
    await page.getByRole('link', { name: /^Rename/ }).click();
    await page.getByLabel('Name').fill('My old laptop');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page).toHaveURL(LIST);
    await expect(page.getByRole('listitem').filter({ hasText: 'My old laptop' })).toHaveCount(1);
    expect(await faultsOf(page)).toEqual({});
    await page.goto(`${LIST}add/`);
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(page.getByText('This device has a passkey of yours already.')).toBeVisible();

    // Somebody looks at the dialog: what the field offers gives way to the button.
    await page.context().clearCookies();
    await device.answer(false);
    await page.goto(`${SIGN_IN}?next=/accounts/2fa/`);
    await expect(page.getByLabel('Username')).toHaveAttribute('autocomplete', 'username webauthn');
    expect(await faultsOf(page)).toEqual({});
    await expect.poll(() => timesAsked(page)).toBe(1);
    await device.answer(true);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page).toHaveURL('/accounts/2fa/');

    await page.context().clearCookies();
    await page.goto(SIGN_IN);
    await expect(page).toHaveURL('/dashboard/');
    await expect(page.getByRole('main')).toContainText(username);

    await db.passkey.deleteMany({ where: { userId: user.id } });
    await page.context().clearCookies();
    allowConsoleErrors(/403/);
    await page.goto(SIGN_IN);
    await expect(page.getByText('This passkey does not sign you in here.')).toBeVisible();
    await expect.poll(() => device.count()).toBe(0);
  });

  test('stands beside the password and confirms, and a browser forgets it when it is removed', async ({
    page,
    createUser,
    login,
  }) => {
    const { user, username, password } = await createUser();
    const device = await addVirtualAuthenticator(page);
    await login(user);
    await page.goto(`${LIST}add/`);
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(page).toHaveURL(/recovery-codes/);

    await page.context().clearCookies();
    await device.answer(false);
    await signIn(page, username, password);
    await expect(page).toHaveURL('/accounts/2fa/authenticate/');
    expect(await faultsOf(page)).toEqual({});
    await device.answer(true);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL('/dashboard/');

    await page.goto(LIST);
    await page.getByRole('link', { name: /^Remove/ }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await expect(page.getByText('You have none yet.')).toBeVisible();
    await expect.poll(() => device.count()).toBe(0);
  });
});
