import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { defaultTokenGenerator, encodeUid } from '@/lib/auth/tokens';
import { db } from '@/lib/db/client';
import { expect, test } from './fixtures';

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, in ${theme}, and nothing is wider than the screen`, {
    tag: '@javascript-only',
  }, async ({ page, createUser, login, allowConsoleErrors }) => {
    allowConsoleErrors(/status of (403|404)/);
    await page.emulateMedia({ colorScheme: theme });
    const now = new Date();
    const data = { title: 'Donaudampfschifffahrtsgesellschaft عمر', body: 'Text' };
    const { id } = await db.article.create({
      data: { ...data, isPublished: true, created: now, modified: now },
    });
    const check = async (path: string) => {
      await page.goto(path);
      expect([path, await violations(page)]).toEqual([path, []]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect([path, await overflow(page)]).toEqual([path, 0]);
      await page.setViewportSize({ width: 1280, height: 720 });
    };
    for (const path of ['/', '/accounts/login/', '/accounts/logout/']) await check(path);
    const reset = ['password_reset/', 'password_reset/done/', 'reset/MQ/x/', 'reset/done/'];
    for (const path of reset) await check(`/accounts/${path}`);

    await page.goto('/accounts/login/');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.locator('form [role=alert]')).toBeFocused();
    expect(await violations(page)).toEqual([]);

    const editor = await createUser({
      username: `Wolfeschlegelsteinhausenbergerdorff-${theme}`,
      groups: ['Editors of everything that is written here'],
      permissions: [
        'articles.view_article',
        'articles.add_article',
        'articles.change_article',
        'articles.publish_article',
      ],
    });
    await login(editor.user);
    const articles = '/dashboard/articles/';
    const paths = [articles, `${articles}${id}/`, `${articles}${id}/change/`, `${articles}add/`];
    const change = ['/accounts/password_change/', '/accounts/password_change/done/'];
    const own = ['/', '/dashboard/', '/accounts/logout/', '/nothing/'];
    for (const path of [...own, ...change, ...paths]) {
      await check(path);
    }
    const token = defaultTokenGenerator.makeToken(editor.user);
    await check(`/accounts/reset/${encodeUid(editor.user.id)}/${token}/`);
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await expect(page.locator('form [role=alert]')).toBeFocused();
    expect(await violations(page)).toEqual([]);

    await login((await createUser({ isSuperuser: true })).user);
    await check('/dashboard/');
    await login((await createUser()).user);
    for (const path of ['/dashboard/', articles]) await check(path);
  });
}

test('the theme is chosen without a script and kept', async ({ page }) => {
  await page.goto('/accounts/login/');
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page).toHaveURL('/accounts/login/');
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'System', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'system');
});
