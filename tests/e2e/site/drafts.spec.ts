import type { Locator, Page } from '@playwright/test';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { isHydrated } from '../../support/e2e/hydration';
import { faultsOf } from '../../support/e2e/look';
import { createUser, expect, test } from '../fixtures';

const ADD = '/dashboard/articles/add/';
const SECRET = 'What nobody else may read';
const kept = (page: Page) => page.getByText('your text is put back into its form');

async function writer() {
  return createUser({ permissions: ['articles.view_article', 'articles.add_article'] });
}

async function write(page: Page): Promise<void> {
  await page.goto(ADD);
  await touch(page, page.getByLabel('Title'));
  await page.getByLabel('Title').fill('A title');
  await page.getByLabel('Body').fill(SECRET);
}

// With the first touch of a form its key comes.
async function touch(page: Page, control: Locator): Promise<void> {
  const key = page.waitForResponse('**/accounts/draft-key/');
  await control.click();
  await (await key).finished();
}

async function signInHere(
  page: Page,
  { username, password }: { username: string; password: string },
) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** What is sealed from here on, before it is. */
async function recordSealed(page: Page): Promise<string[]> {
  const texts: string[] = [];
  await page.exposeFunction('noteSealed', (text: string) => texts.push(text));
  await page.addInitScript(() => {
    const { subtle } = window.crypto;
    const encrypt = subtle.encrypt.bind(subtle);
    subtle.encrypt = (algorithm, key, data) => {
      Reflect.get(window, 'noteSealed')(new TextDecoder().decode(data));
      return encrypt(algorithm, key, data);
    };
  });
  return texts;
}

const stored = (page: Page) => page.evaluate(() => JSON.stringify(window.sessionStorage));

// Bytes in it are read as text, too.
async function readable(page: Page): Promise<string> {
  const text = await stored(page);
  return text + text.replaceAll(/\d+,?/g, (byte) => String.fromCharCode(Number.parseInt(byte, 10)));
}

test.describe('the text of a form whose session has ended', { tag: '@javascript-only' }, () => {
  const ends: Record<string, (who: { id: number }) => Promise<unknown>> = {
    'expired or ended elsewhere': ({ id }) => db.session.deleteMany({ where: { userId: id } }),
    'of a person who was deactivated for a while': async ({ id }) => {
      await db.user.update({ where: { id }, data: { isActive: false } });
    },
  };
  for (const [why, end] of Object.entries(ends)) {
    test(`is put back once the person has signed in again: ${why}`, async ({ page, login }) => {
      const { user, ...who } = await writer();
      await login(user);
      await write(page);
      await end(user);
      await page.getByRole('button', { name: 'Save draft' }).click();
      await expect(kept(page)).toBeVisible();
      await expect(page.getByText('keeps no cookies')).toHaveCount(0);
      expect(await readable(page)).not.toContain(SECRET);
      expect(await page.content()).not.toContain(SECRET);
      expect(await faultsOf(page)).toEqual({});
      await db.user.update({ where: { id: user.id }, data: { isActive: true } });

      await signInHere(page, who);
      await expect(page).toHaveURL(ADD);
      await expect(page.getByLabel('Body')).toHaveValue(SECRET);
      await expect(page.getByText('Your text was kept. Nothing of it is saved yet')).toBeVisible();
      expect(await stored(page)).toBe('{}');
      await page.getByRole('button', { name: 'Save draft' }).click();
      await expect(page.getByText('“A title” is saved as a draft.')).toBeVisible();
      await page.goto(ADD);
      await expect(page.getByLabel('Body')).toHaveValue('');
    });
  }

  test('is gone when another person signs in, and never was theirs', async ({ page, login }) => {
    const { user } = await writer();
    const next = await writer();
    await login(user);
    await write(page);
    await db.session.deleteMany({ where: { userId: user.id } });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(kept(page)).toBeVisible();
    await signInHere(page, next);
    await expect(page).toHaveURL(ADD);
    await expect.poll(() => stored(page)).toBe('{}');
    await expect(page.getByLabel('Body')).toHaveValue('');
  });

  test('is gone after fifteen minutes, also on a page that nobody touches', async ({
    page,
    login,
  }) => {
    const { user } = await writer();
    await login(user);
    await page.clock.install();
    await write(page);
    await db.session.deleteMany({ where: { userId: user.id } });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(kept(page)).toBeVisible();
    await page.clock.fastForward(14 * 60 * 1000);
    await expect(kept(page)).toBeVisible();
    await page.goto('/accounts/password_reset/');
    expect(await stored(page)).not.toBe('{}');
    // A minute with each look, and nothing on this page that asks for it.
    const aMinuteLater = async () => {
      await page.clock.fastForward(60 * 1000);
      return stored(page);
    };
    await expect.poll(aMinuteLater).toBe('{}');
  });

  test('is gone when they sign out here without having gone back to it', async ({
    page,
    login,
  }) => {
    const { user, ...who } = await writer();
    await login(user);
    await write(page);
    await db.session.deleteMany({ where: { userId: user.id } });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(kept(page)).toBeVisible();
    await page.goto('/accounts/login/');
    await signInHere(page, who);
    await expect(page).toHaveURL('/dashboard/');
    expect(await stored(page)).not.toBe('{}');
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByText('You are signed out.')).toBeVisible();
    expect(await stored(page)).toBe('{}');
  });

  test('is kept when the person signs out in another tab', async ({ page, context, login }) => {
    const { user, ...who } = await writer();
    await login(user);
    await write(page);
    const other = await context.newPage();
    await other.goto('/dashboard/');
    await other.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await expect(kept(page)).toBeVisible();
    await signInHere(page, who);
    await expect(page.getByLabel('Body')).toHaveValue(SECRET);
  });

  test('is put back with permissions that were moved and staged changes, without passwords', async ({
    page,
    login,
  }) => {
    const { user, ...who } = await createUser({ isSuperuser: true, isStaff: true });
    const given = await db.permission.findMany({ take: 2, orderBy: { id: 'asc' } });
    const ids = given.map(({ id }) => id);
    const { user: other } = await createUser();
    const sealed = await recordSealed(page);
    const again = async (button: string) => {
      await db.session.deleteMany({ where: { userId: user.id } });
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect(kept(page)).toBeVisible();
      await signInHere(page, who);
      await expect(page.getByText(/^Your (text was|changes were) kept\./)).toBeVisible();
    };
    await login(user);
    await page.goto(`/admin/auth/user/${other.id}/change/`);
    await touch(page, page.getByLabel('First name (optional)'));
    await page.getByLabel('First name (optional)').fill('Grace');
    await page
      .getByRole('group', { name: 'User permissions' })
      .getByRole('listbox', { name: 'Available' })
      .selectOption(ids.map(String));
    await page.getByRole('button', { name: 'Choose 2' }).click();
    await again('Save');
    await expect(page.getByLabel('First name (optional)')).toHaveValue('Grace');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save these changes' }).click();
    await expect(page.getByText('was changed successfully')).toBeVisible();
    const held = { userId: other.id, permissionId: { in: ids } };
    expect(await db.userPermission.count({ where: held })).toBe(2);
    expect((await users.getByNaturalKey(other.username))?.firstName).toBe('Grace');

    // The box is focused from the start, which React may hear of before the first letter.
    const key = page.waitForResponse('**/accounts/draft-key/');
    await page.goto('/admin/auth/user/add/');
    await expect(page.getByLabel('Username')).toBeFocused();
    await expect.poll(() => isHydrated(page)).toBe(true);
    await page.keyboard.type('new-here');
    await (await key).finished();
    await page.getByLabel('Password', { exact: true }).fill('Typed-but-not-kept');
    await page.getByRole('button', { name: 'Show password', exact: true }).click();
    await again('Save');
    expect(sealed.join()).toContain('new-here');
    expect(sealed.join()).not.toContain('Typed-but-not-kept');
    await expect(page.getByLabel('Username')).toHaveValue('new-here');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');

    await db.group.create({ data: { name: `Kept ${user.username}` } });
    await page.goto('/admin/auth/matrix/');
    await touch(page, page.locator('[data-at="2:0"]'));
    await again('Review changes');
    await expect(page.getByText('+1 −0, unsaved')).toBeVisible();
  });

  test('is put back into the boxes of one group: what was changed, and no more', async ({
    page,
    login,
  }) => {
    const { user, ...who } = await createUser({ isSuperuser: true, isStaff: true });
    const { id: groupId } = await db.group.create({ data: { name: `Ticks ${user.username}` } });
    const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
    const grant = async (codename: string) => {
      const { id: permissionId } = await db.permission.findFirstOrThrow({ where: { codename } });
      await db.groupPermission.create({ data: { groupId, permissionId } });
    };
    await grant('view_article');
    await login(user);
    await page.goto(`/admin/auth/matrix/?group=${groupId}`);
    await touch(page, box('Can publish article'));
    await box('Can view article').uncheck();
    await db.session.deleteMany({ where: { userId: user.id } });
    await page.getByRole('button', { name: 'Review changes' }).click();
    await expect(kept(page)).toBeVisible();
    await grant('add_article');
    await signInHere(page, who);
    await expect(page.getByText('Your changes were kept.')).toBeVisible();
    await expect(box('Can publish article')).toBeChecked();
    await expect(box('Can view article')).not.toBeChecked();
    await expect(box('Can add article')).toBeChecked();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await expect(page.getByRole('heading', { name: 'Review changes' })).toBeVisible();
    await page.getByRole('button', { name: 'Give 1 permission' }).click();
    await expect(page.getByText('1 given, 1 taken away')).toBeVisible();
    const held = await db.groupPermission.findMany({
      where: { groupId },
      select: { permission: { select: { codename: true } } },
    });
    const codenames = held.map(({ permission }) => permission.codename).sort();
    expect(codenames).toEqual(['add_article', 'publish_article']);
  });

  test('is kept over a renewal of the site', async ({ page, login, allowConsoleErrors }) => {
    allowConsoleErrors(/Failed to load resource/);
    const { user } = await writer();
    await login(user);
    await write(page);
    await page.route('**/*', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 409, contentType: 'text/plain', body: 'unavailable' })
        : route.fallback(),
    );
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('button', { name: 'Reload and keep the text' }).click();
    await expect(page.getByText('Your text was kept.')).toBeVisible();
    await expect(page.getByLabel('Body')).toHaveValue(SECRET);
  });
});

test('without scripts, who sends a form after the session ended is told how to go on', {
  tag: '@no-javascript-only',
}, async ({ page, login }) => {
  const { user } = await writer();
  await login(user);
  await page.goto(ADD);
  await page.getByLabel('Title').fill('A title');
  await db.session.deleteMany({ where: { userId: user.id } });
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page).toHaveURL(`/accounts/login/?next=${ADD}`);
  await expect(page.getByRole('status')).toContainText('You were signed out before this was sent');
});
