import { db } from '@/lib/db/client';
import { ageSessions } from '../../support/e2e/age-sessions';
import { faultsOf } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

test('support acts as somebody for a while, in sight of both, and comes back as before', async ({
  page,
  createUser,
  login,
  allowConsoleErrors,
  javaScriptEnabled,
}) => {
  allowConsoleErrors(/status of 403/);
  const isLookedAt = javaScriptEnabled !== false;
  const look = async () => {
    if (isLookedAt) expect([page.url(), await faultsOf(page)]).toEqual([page.url(), {}]);
  };
  const held = ['articles.view_article'] as const;
  const { user: bob } = await createUser({ username: 'bob', permissions: [...held] });
  const { user: sam } = await createUser({
    username: 'sam',
    isStaff: true,
    permissions: [...held, 'auth.view_user', 'hijack.add_impersonation'],
  });
  await login(sam);
  await page.goto(`/admin/auth/user/${bob.id}/change/`);
  await page.getByText('Actions', { exact: true }).click();
  await page.getByRole('link', { name: 'Act as this person' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Act as bob');
  await expect(page.locator('[name=confirm_password]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Act as this person' }).click();
  await expect(page.getByRole('main')).toContainText('Say why');
  await look();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Ticket 4711: sees no articles');
  await page.getByRole('button', { name: 'Act as this person' }).click();

  await expect(page).toHaveURL('/dashboard/');
  const banner = page.getByRole('status').filter({ hasText: 'You are acting as' });
  await expect(banner).toContainText(
    /^You are acting as bob\. sam · Ticket 4711: sees no articles · (30|29) minutes leftStop$/,
  );
  await look();
  for (const closed of ['/accounts/password_change/', '/accounts/sessions/']) {
    const answer = await page.goto(closed);
    expect([closed, answer?.status()]).toEqual([closed, 403]);
    await expect(page.getByRole('main')).toContainText('only they can do this');
    await expect(page.getByRole('main')).not.toContainText('Ask somebody');
    await expect(banner).toBeVisible();
  }
  await look();

  await ageSessions(sam, 24 * 60);
  await banner.getByRole('link', { name: 'Stop' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stop acting');
  await look();
  await page.getByRole('button', { name: 'Go on as sam' }).click();
  await expect(page).toHaveURL('/dashboard/');
  await expect(page.getByRole('status')).toContainText('You have stopped acting as bob.');
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole('banner')).toContainText('sam');
  await page.goto(`/hijack/acquire/?user_pk=${bob.id}`);
  await expect(page.locator('[name=confirm_password]')).toBeVisible();
  const row = await db.impersonation.findFirstOrThrow({ where: { userId: bob.id } });
  expect(row).toMatchObject({ impersonatorId: sam.id, endedBy: 'stop' });
});
