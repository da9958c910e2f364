import { db } from '@/lib/db/client';
import { expect, signIn, test } from '../fixtures';
import { fillNewPassword } from '../mailbox';

const TAG = { tag: '@javascript-only' };
const WATCH = '/accounts/watch/';

test.use({ followsSession: true });

test(
  'tabs that nobody touches show at once what was given and taken elsewhere, by one connection',
  TAG,
  async ({ context, page, createUser, login, allowConsoleErrors }) => {
    allowConsoleErrors(/status of 403/);
    const { user } = await createUser();
    await login(user);
    const streams: string[] = [];
    let prefetched: string[] = [];
    context.on('request', (request) => {
      if ('next-router-prefetch' in request.headers()) prefetched.push(request.url());
      if (request.url().includes(`${WATCH}?seen=`)) streams.push(request.url());
    });
    const grant = async (codename: string) => {
      const { id } = await db.permission.findFirstOrThrow({ where: { codename } });
      await db.userPermission.create({ data: { userId: user.id, permissionId: id } });
    };
    // What happens between the drawing of a page and its stream is told as well.
    await page.addInitScript((name) => {
      const turn = new Promise((resolve) => Reflect.set(window, 'letGo', resolve));
      void navigator.locks.request(name, () => turn);
    }, `session-stream ${user.id}`);
    await page.goto('/dashboard/articles/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('may not');
    await grant('view_article');
    await page.evaluate(() => Reflect.get(window, 'letGo')());
    await expect(page.getByRole('heading', { name: 'Articles', level: 1 })).toBeVisible();
    const other = await context.newPage();
    await other.goto('/dashboard/articles/');
    await expect(other.getByRole('heading', { name: 'Articles', level: 1 })).toBeVisible();

    prefetched = [];
    await grant('add_article');
    for (const tab of [page, other]) {
      await expect(tab.getByRole('link', { name: 'Write an article' })).toBeVisible();
      await expect(tab.getByRole('alert').filter({ hasText: 'have changed' })).toBeVisible();
    }
    expect(streams).toHaveLength(1);
    // All links in sight at once would be in the way of the page that is drawn again.
    expect(prefetched).toEqual([]);

    await db.session.deleteMany({ where: { userId: user.id } });
    for (const tab of [page, other]) {
      await expect(tab).toHaveURL('/accounts/login/?next=/dashboard/articles/');
      await expect(tab.locator('body')).not.toContainText(user.getUsername());
    }
  },
);

test(
  'a person who signs out, or changes their password, is led where that leads',
  TAG,
  async ({ page, createUser, context }) => {
    const { username, password } = await createUser();
    const followed = () =>
      context.waitForEvent('response', (response) => response.url().includes(WATCH));
    const first = followed();
    await signIn(page, username, password);
    await first;
    const second = followed();
    await page.goto('/accounts/password_change/');
    await second;
    await page.getByLabel('Current password', { exact: true }).fill(password);
    await fillNewPassword(page, 'Another-horse-battery', 'Another-horse-battery');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page).toHaveURL('/accounts/password_change/done/');
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL('/');
  },
);
