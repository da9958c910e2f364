import type { Page } from '@playwright/test';
import { db } from '@/lib/db/client';
import { isHydrated } from '../../support/e2e/hydration';
import { faultsOf } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

const dialog = (page: Page) => page.getByRole('alertdialog', { name: 'Leave without saving?' });
const stay = (page: Page) => page.getByRole('button', { name: 'Stay here' }).click();
const leave = (page: Page) => page.getByRole('button', { name: 'Leave and lose it' }).click();

test.describe('a changed form', { tag: '@javascript-only' }, () => {
  test.beforeEach(async ({ createUser, login }) => {
    const { user } = await createUser({ isSuperuser: true, isStaff: true });
    await login(user);
  });

  test('is asked about by each way off its page, and stays as it is for who stays', async ({
    page,
  }) => {
    await page.goto('/admin/auth/group/');
    await page.getByRole('link', { name: 'Add group' }).click();
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Half a na');
    const palette = async (text: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Go to/ }).fill(text);
      await page
        .getByRole('option', { name: new RegExp(text, 'i') })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
    };
    const ways: Record<string, () => Promise<unknown>> = {
      'the rail': () => page.getByRole('link', { name: 'Users', exact: true }).first().click(),
      'the header': () => page.getByRole('banner').getByRole('link', { name: 'Dashboard' }).click(),
      'the mark': () => page.getByRole('banner').getByRole('link', { name: 'Gatehouse' }).click(),
      'the crumbs': () => page.getByRole('link', { name: 'Groups', exact: true }).last().click(),
      'the palette': () => palette('users'),
      'two keys': async () => {
        await page.getByRole('heading', { level: 1 }).click();
        await name.blur();
        await page.keyboard.press('g');
        await page.keyboard.press('u');
      },
      'signing out': () =>
        page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click(),
      'a step back': () => page.goBack(),
    };
    for (const [way, go] of Object.entries(ways)) {
      await test.step(way, async () => {
        await go();
        await expect(dialog(page), way).toBeVisible();
        await expect(page.getByRole('button', { name: 'Stay here' })).toBeFocused();
        if (way === 'the rail') expect(await faultsOf(page)).toEqual({});
        await (way === 'the mark' ? page.keyboard.press('Escape') : stay(page));
        await expect(dialog(page)).toHaveCount(0);
        await expect(page).toHaveURL('/admin/auth/group/add/');
        await expect(name).toHaveValue('Half a na');
      });
    }
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(name).toHaveValue('Half a na');
    await page.keyboard.press('Control+k');
    const backdrop = await page
      .getByRole('dialog')
      .evaluate((box) => window.getComputedStyle(box, '::backdrop').backgroundColor);
    expect(backdrop).toMatch(/^rgba\(0, 0, 0, 0\.[3-6]/);
    await page.keyboard.press('Escape');
    const asked = page.waitForEvent('dialog');
    // By the page itself: Playwright would wait half a minute for the page that does not come.
    const reload = page.evaluate(() => window.location.reload());
    const prompt = await asked;
    expect(prompt.type()).toBe('beforeunload');
    await prompt.dismiss();
    await reload;
    await expect(name).toHaveValue('Half a na');

    await page.goBack();
    await leave(page);
    await expect(page).toHaveURL('/admin/auth/group/');
    await page.getByRole('link', { name: 'Add group' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Other');
    await page.getByRole('link', { name: 'Users', exact: true }).first().click();
    await leave(page);
    await expect(page).toHaveURL('/admin/auth/user/');
  });

  test('asks nothing when it is as it was, or saved', async ({ page }) => {
    const group = await db.group.create({ data: { name: `Group ${crypto.randomUUID()}` } });
    await page.goto(`/admin/auth/group/${group.id}/change/`);
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Changed');
    await name.fill(group.name);
    await page.getByRole('link', { name: 'Users', exact: true }).first().click();
    await expect(page).toHaveURL('/admin/auth/user/');

    await page.goto(`/admin/auth/group/${group.id}/change/`);
    await name.fill(`${group.name} 2`);
    await page.getByRole('button', { name: 'Save and continue editing' }).click();
    await expect(page.getByText('was changed successfully')).toBeVisible();
    await name.focus();
    await page.keyboard.press('End');
    await page.keyboard.type('3');
    await page.keyboard.press('Backspace');
    await page.getByRole('link', { name: 'Users', exact: true }).first().click();
    await expect(page).toHaveURL('/admin/auth/user/');
    await expect(dialog(page)).toHaveCount(0);
  });

  test('is asked about by the browser where the question itself cannot be loaded', async ({
    page,
    allowConsoleErrors,
  }) => {
    allowConsoleErrors(/Failed to load|ERR_FAILED|ChunkLoadError/);
    await page.route('**/_next/static/**/*.js', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      if (text.includes('Leave and lose it')) await route.abort('failed');
      else await route.fulfill({ response, body: text });
    });
    await page.goto('/admin/auth/group/add/');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Half a na');
    const answer = async (isLeaving: boolean) => {
      const asked = page.waitForEvent('dialog');
      const click = page.getByRole('link', { name: 'Users', exact: true }).first().click();
      const question = await asked;
      expect([question.type(), question.message()]).toEqual(['confirm', 'Leave without saving?']);
      await (isLeaving ? question.accept() : question.dismiss());
      await click;
    };
    await answer(false);
    await expect(page).toHaveURL('/admin/auth/group/add/');
    await expect(name).toHaveValue('Half a na');
    await answer(true);
    await expect(page).toHaveURL('/admin/auth/user/');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('is one with staged changes of the matrix, and their review', async ({ page }) => {
    await db.group.create({ data: { name: `Group ${crypto.randomUUID()}` } });
    await page.goto('/admin/auth/matrix/');
    await expect.poll(() => isHydrated(page)).toBe(true);
    const users = page.getByRole('link', { name: 'Users', exact: true }).first();
    await page.locator('[data-at="2:0"]').click();
    await users.click();
    await stay(page);
    await expect(page.getByText('+1 −0, unsaved')).toBeVisible();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await expect(page.getByRole('heading', { name: 'Review changes' })).toBeVisible();
    await users.click();
    await stay(page);
    await page.getByRole('button', { name: 'Back to the changes' }).click();
    await expect(page.getByText('+1 −0, unsaved')).toBeVisible();
    await users.click();
    await stay(page);
    await page.getByRole('button', { name: 'Discard' }).click();
    await users.click();
    await expect(page).toHaveURL('/admin/auth/user/');
  });
});
