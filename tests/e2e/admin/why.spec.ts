import type { PermissionName } from '@/lib/apps/installed';
import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { Visitor } from '../../support/e2e/visitor';
import { createUser, expect, test, visitorOf } from '../fixtures';

const PERM = 'articles.publish_article';

async function permissionId(): Promise<number> {
  const where = { codename: 'publish_article', contentType: { appLabel: 'articles' } };
  return (await db.permission.findFirstOrThrow({ where })).id;
}

async function statusOf(visitor: Visitor, path: string): Promise<number> {
  return (await visitor.get(path)).status;
}

test('who may see why and who: a table of rights and answers', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  const other = await createUser({ permissions: [PERM] });
  const why = `/admin/auth/user/${other.user.id}/permissions/?perm=${PERM}`;
  const who = `/admin/auth/permission/${await permissionId()}/holders/`;
  const addresses = [why, who, `/admin/palette/?q=${other.username}`];
  for (const path of addresses) {
    expect([path, await statusOf(new Visitor(server.url, ''), path)]).toEqual([path, 302]);
  }

  const table: [isStaff: boolean, PermissionName[], why: number, who: number, found: boolean][] = [
    [false, ['auth.view_user', 'auth.view_permission'], 403, 403, false],
    [true, [], 403, 403, false],
    [true, ['auth.view_group', 'auth.view_permission'], 403, 403, false],
    [true, ['auth.view_user'], 200, 403, true],
    [true, ['auth.change_user'], 200, 403, true],
    [true, ['auth.view_user', 'auth.view_permission'], 200, 200, true],
  ];
  for (const [isStaff, permissions, whyStatus, whoStatus, isFound] of table) {
    const { user } = await createUser({ isStaff, permissions });
    const visitor = await visitorOf(server.url, user);
    const answers = [await statusOf(visitor, why), await statusOf(visitor, who)];
    expect([permissions, ...answers]).toEqual([permissions, whyStatus, whoStatus]);
    const own = `/admin/auth/user/${user.id}/permissions/`;
    expect([permissions, await statusOf(visitor, own)]).toEqual([permissions, isStaff ? 200 : 403]);
    for (const query of [other.username, `why ${other.username}`]) {
      const found = await visitor.get(`/admin/palette/?q=${encodeURIComponent(query)}`);
      expect([permissions, found.status]).toEqual([permissions, isStaff ? 200 : 403]);
      expect([permissions, found.body.includes(other.username)]).toEqual([permissions, isFound]);
    }
    if (whyStatus !== 200) continue;
    const missing = ['0', '2147483647', '99999999999', 'x', '1%00'];
    for (const id of missing) {
      expect([id, await statusOf(visitor, `/admin/auth/user/${id}/permissions/`)]).toEqual([
        id,
        404,
      ]);
    }
    await db.userPermission.deleteMany({ where: { userId: user.id } });
    expect(await statusOf(visitor, why)).toBe(403);
  }
});

test('odd addresses are answered, never with a fault', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  const root = await createUser({ isSuperuser: true, isStaff: true });
  const visitor = await visitorOf(server.url, root.user);
  const { user } = await createUser();
  const odd = ['%00', '%ED%A0%80', 'a.b.c', '..', "'", '1&perm=2', 'x'.repeat(3000)];
  for (const value of odd) {
    for (const path of [
      `/admin/auth/user/${user.id}/permissions/?perm=${value}&without=${value}&with=${value}`,
      `/admin/auth/permission/${await permissionId()}/holders/?q=${value}&p=${value}&kind=${value}`,
      `/admin/palette/?q=why+${value}+${value}`,
      `/admin/palette/?q=who+${value}`,
    ]) {
      expect([path, await statusOf(visitor, path)]).toEqual([path, 200]);
    }
  }
});

test('axe finds nothing in reasons, holders and the palette, and nothing is too wide', {
  tag: '@javascript-only',
}, async ({ page, login }) => {
  await login((await createUser({ isSuperuser: true, isStaff: true })).user);
  const username = 'Wolfeschlegelsteinhausenbergerdorff-عمر';
  const { user } = await createUser({ username, groups: ['محررون'], permissions: [PERM] });
  await createUser({ permissions: [PERM], isActive: false });
  const [membership] = await db.userGroup.findMany({ where: { userId: user.id } });
  const why = `/admin/auth/user/${user.id}/permissions/`;
  const paths = [
    `${why}?perm=${PERM}`,
    `${why}?perm=articles.delete_article`,
    `${why}?perm=no.such&show=all`,
    `${why}?without=${membership?.groupId}`,
    `/admin/auth/permission/${await permissionId()}/holders/`,
    `/admin/auth/permission/${await permissionId()}/holders/?q=nobody`,
  ];
  for (const path of paths) {
    await page.goto(path);
    expect([path, await faultsOf(page)]).toEqual([path, {}]);
  }
  await page.getByRole('button', { name: 'Go to' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await faultsOf(page)).toEqual({});
});

test('the keyboard goes through a list, asks why, and can be told to be silent', {
  tag: '@javascript-only',
}, async ({ page, login }) => {
  await login((await createUser({ isSuperuser: true, isStaff: true })).user);
  // Before every other name, also those in upper case.
  const { username } = await createUser({ username: '+first' });
  await page.goto('/admin/auth/user/');
  await expect(page.getByRole('button', { name: 'Go to' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: username })).toBeFocused();
  await page.keyboard.press('x');
  await expect(page.getByRole('checkbox', { name: `Select ${username}` })).toBeChecked();
  await page.keyboard.press('/');
  await page.keyboard.type('jx?');
  await expect(page.locator('input[name=q]')).toHaveValue('jx?');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type(`why ${username} publish`);
  await expect(page.getByRole('option', { name: PERM })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/permissions\/\?perm=articles\.publish_article$/);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('does not hold');

  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Shortcuts without Ctrl' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(1);
});
