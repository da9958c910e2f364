import type { Page } from '@playwright/test';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

async function check(page: Page, path: string): Promise<void> {
  await page.goto(path);
  expect([path, await faultsOf(page)]).toEqual([path, {}]);
}

test.describe('axe finds nothing in light or dark, and nothing is wider than the screen', {
  tag: '@javascript-only',
}, () => {
  test.beforeEach(({ allowConsoleErrors }) => allowConsoleErrors(/status of 40[034]/));

  test('on the pages for anyone', async ({ page, createUser }) => {
    for (const path of ['/', '/accounts/logout/']) await check(page, path);
    for (const path of ['password_reset/', 'password_reset/done/', 'reset/MQ/x/', 'reset/done/']) {
      await check(page, `/accounts/${path}`);
    }
    await check(page, '/accounts/login/');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.locator('form [role=alert]')).toBeFocused();
    expect(await faultsOf(page)).toEqual({});

    const { user } = await createUser();
    const token = defaultTokenGenerator.makeToken(user);
    await check(page, `/accounts/reset/${encodeUid(user.id)}/${token}/`);
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await expect(page.locator('form [role=alert]')).toBeFocused();
    expect(await faultsOf(page)).toEqual({});
  });

  test('on the pages of who is signed in', async ({ page, createUser, login }) => {
    const now = new Date();
    const data = { title: 'Donaudampfschifffahrtsgesellschaft عمر', body: 'Text' };
    const { id } = await db.article.create({
      data: { ...data, isPublished: true, created: now, modified: now },
    });
    const editor = await createUser({
      username: 'Wolfeschlegelsteinhausenbergerdorff',
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
    const own = ['/', '/dashboard/', '/accounts/logout/', '/nothing/'];
    const change = ['/accounts/password_change/', '/accounts/password_change/done/'];
    for (const path of [...own, ...change, ...paths]) await check(page, path);

    await login((await createUser({ isSuperuser: true, isStaff: true })).user);
    for (const path of ['/dashboard/', '/admin/', '/admin/auth/']) await check(page, path);
    const of = `/admin/auth/user/${editor.user.id}/`;
    for (const path of ['change/', 'password/', 'delete/']) await check(page, `${of}${path}`);
    const refused = '/admin/auth/user/?password=x';
    expect((await page.goto(refused))?.status()).toBe(400);
    expect(await faultsOf(page)).toEqual({});
    await login((await createUser()).user);
    for (const path of ['/dashboard/', articles]) await check(page, path);
  });
});

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
