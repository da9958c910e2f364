import type { Page } from '@playwright/test';
import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { withFields } from '../../support/e2e/visitor';
import { expect, sealedSession, test, visitorOf } from '../fixtures';

const PAGE = '/accounts/sessions/';
const SIGN_IN = '/accounts/login/?next=/dashboard/';

test.use({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0' });

function ending(page: Page, name: RegExp): Promise<void> {
  return page.getByRole('main').getByRole('button', { name }).first().click();
}

test('one session is ended at its next request, this one and the others stay', async ({
  page,
  server,
  createUser,
  login,
}) => {
  const { user } = await createUser();
  await login(user);
  await page.goto(PAGE);
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('main')).toContainText('You are signed in nowhere else.');
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);

  const other = await visitorOf(server.url, user);
  expect((await other.get('/dashboard/')).status).toBe(200);
  await page.reload();
  const items = page.getByRole('main').getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText('This device');
  await expect(items.nth(1)).not.toContainText('This device');
  await ending(page, /^End session/);
  await expect(page.getByRole('status')).toContainText('The session is ended.');
  await expect(page).toHaveURL(PAGE);
  await expect(items).toHaveCount(1);
  const ended = { actorId: user.id, event: 'session_expired' };
  expect(await db.securityLogEntry.count({ where: ended })).toBe(1);
  expect((await other.get('/dashboard/')).headers.location).toBe(SIGN_IN);
});

test('all others are ended at once, and this one stays', {
  tag: '@javascript-only',
}, async ({ page, server, createUser, login }) => {
  const { user, username } = await createUser();
  await login(user);
  const others = [await visitorOf(server.url, user), await visitorOf(server.url, user)];
  await page.goto('/dashboard/');
  await page.getByRole('link', { name: 'See where you are signed in' }).click();
  await expect(page).toHaveURL(PAGE);
  await ending(page, /^End all other sessions$/);
  await expect(page.getByRole('status')).toContainText('2 sessions are ended.');
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  for (const other of others) {
    expect((await other.get('/dashboard/')).headers.location).toBe(SIGN_IN);
  }
  await page.goto('/dashboard/');
  await expect(page.getByRole('main')).toContainText(username);
});

test('somebody else’s session is nothing here, and stays', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const [{ user }, { user: other }] = [await createUser(), await createUser()];
  await sealedSession(other);
  const { id } = await db.session.findFirstOrThrow({ where: { userId: other.id } });
  await sealedSession(user);
  const visitor = await visitorOf(server.url, user);
  const fields = await visitor.form(PAGE, 'id');
  const { status, body } = await visitor.post(PAGE, withFields(fields, { id: String(id) }));
  expect(status).toBe(404);
  expect(body).toMatch(/<h1[^>]*>There is nothing here<\/h1>/);
  expect(await db.session.count({ where: { id } })).toBe(1);
  // The same form as it stood does end the session that it names.
  const own = Number(fields.find(([name]) => name === 'id')?.[1]);
  expect((await visitor.post(PAGE, fields)).status).toBe(303);
  expect(await db.session.count({ where: { id: own } })).toBe(0);
});

test('the page is accessible and fits a phone, with the longest of addresses', {
  tag: '@javascript-only',
}, async ({ page, createUser, login }) => {
  const { user } = await createUser();
  await login(user);
  for (let i = 0; i < 3; i += 1) await sealedSession(user);
  await db.session.updateMany({
    where: { userId: user.id },
    data: { ipAddress: '2001:0db8:85a3:0000:0000:8a2e:0370:7334' },
  });
  await page.goto(PAGE);
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(4);
  expect(await faultsOf(page)).toEqual({});
});
