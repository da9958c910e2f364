import { createUser, expect, test } from '../fixtures';

test.describe('what only a browser shows', { tag: '@javascript-only' }, () => {
  test('the palette opens outside the admin, does deeds, and forgets at sign-out where one went', async ({
    page,
    login,
  }) => {
    const { user: ada } = await createUser();
    await login((await createUser({ isSuperuser: true, isStaff: true })).user);
    await page.goto('/dashboard/');
    await expect(page.getByRole('button', { name: 'Go to' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(`sessions ${ada.username}`);
    await page.getByRole('option', { name: `Sessions of ${ada.username}` }).click();
    await expect(page).toHaveURL(`/admin/sessions/session/?user_id=${ada.id}`);

    await page.keyboard.press('Control+k');
    const first = page.getByRole('option').first();
    await expect(first).toContainText(`RecentSessions of ${ada.username}`);
    await page.getByRole('combobox').fill('theme: dark');
    await page.getByRole('option', { name: 'Theme: dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

    const kept = () => page.evaluate(() => window.localStorage.getItem('palette-recents'));
    expect(await kept()).toContain(ada.username);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect.poll(kept).toBeNull();
  });

  test('buttons and the page one is on are seen in forced colours, and a list is printed whole', async ({
    page,
    login,
  }) => {
    await login((await createUser({ isSuperuser: true, isStaff: true })).user);
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto('/admin/auth/group/add/');
    const look = (name: string) =>
      page.getByRole('button', { name, exact: true }).evaluate((button) => {
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(button);
        return { borderTopStyle, isSeen: borderTopColor !== backgroundColor };
      });
    expect(await look('Save')).toEqual({ borderTopStyle: 'solid', isSeen: true });
    const background = (name: string) =>
      page
        .getByRole('navigation', { name: 'Admin' })
        .getByRole('link', { name, exact: true })
        .evaluate((link) => getComputedStyle(link).backgroundColor);
    expect(await background('Groups')).not.toBe(await background('Users'));

    await page.emulateMedia({ forcedColors: 'none', media: 'print' });
    await page.goto('/admin/auth/permission/');
    await expect(page.getByRole('row').last()).toBeVisible();
    for (const chrome of [
      page.getByRole('banner'),
      page.getByRole('navigation', { name: 'Admin' }),
    ]) {
      await expect(chrome.first()).toBeHidden();
    }
    const cut = await page.locator('main :is(div, section, form)').evaluateAll((all) => {
      const scrolls = (each: Element) => /auto|scroll/.test(getComputedStyle(each).overflowY);
      return all.filter((each) => each.checkVisibility() && scrolls(each)).length;
    });
    expect(cut).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await createUser({ groups: ['Printed'] });
    await page.goto('/admin/auth/matrix/');
    const all = await page.locator('.matrix table').getAttribute('aria-rowcount');
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.matrix tr')).toHaveCount(Number(all));
  });
});
