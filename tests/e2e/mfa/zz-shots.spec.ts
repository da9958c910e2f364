import { db } from '@/lib/db/client';
import { passkeyHandle } from '@/lib/extras/mfa/passkeys/passkeys';
import { addVirtualAuthenticator } from '../../support/mfa/virtual-authenticator';
import { expect, signIn, test } from '../fixtures';

test('pictures', { tag: '@javascript-only' }, async ({ page, createUser }) => {
  const { user, username, password } = await createUser();
  const device = await addVirtualAuthenticator(page);
  await device.answer(false);
  const shots = async (name: string) => {
    for (const [scheme, width] of [
      ['light', 1100],
      ['dark', 1100],
      ['light', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 760 });
      await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1100, height: 760 });
  };
  await page.goto('/accounts/login/');
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible();
  await shots('login');
  await signIn(page, username, password);
  await shots('dashboard');
  await page.goto('/accounts/2fa/webauthn/');
  await shots('list-empty');
  await page.goto('/accounts/2fa/webauthn/add/');
  await shots('add');
  await passkeyHandle(user.id);
  const row = {
    userId: user.id,
    publicKey: 'AAAA',
    signCount: 1n,
    transports: 'internal',
    backedUp: true,
    aaguid: '00000000-0000-0000-0000-000000000000',
    created: new Date(),
  };
  await db.passkey.create({
    data: {
      ...row,
      credentialId: `a${user.id}`,
      name: 'MacBook in the kitchen',
      deviceType: 'multiDevice',
      lastUsed: new Date(),
    },
  });
  await db.passkey.create({
    data: {
      ...row,
      credentialId: `b${user.id}`,
      name: 'Security key on my key ring, the blue one',
      deviceType: 'singleDevice',
      copySeen: new Date(),
    },
  });
  await page.goto('/accounts/2fa/webauthn/');
  await shots('list');
  await page.goto('/accounts/2fa/');
  await shots('overview');
  await page
    .getByRole('link', { name: /passkeys/i })
    .first()
    .click();
  await page
    .getByRole('link', { name: /^Remove/ })
    .first()
    .click();
  await expect(page).toHaveURL(/remove/);
  await shots('remove');
  await page.context().clearCookies();
  await signIn(page, username, password);
  await shots('stage');
});
