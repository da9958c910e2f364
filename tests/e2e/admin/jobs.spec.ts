import type { Locator, Page } from '@playwright/test';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { accountKey } from '@/lib/extras/throttling/keys';
import { createSqlite, withDatabase } from '../../support/e2e/environment';
import { isHydrated } from '../../support/e2e/hydration';
import { withFields } from '../../support/e2e/visitor';
import { stepsOf, watchSteps } from '../../support/pages/steps';
import { createUser, expect, sealedSession, test, visitorOf } from '../fixtures';

const WAITING = 'ada';

// More than any page here has before what one came for.
const MOST_TABS = 80;

async function lockOut(account: string): Promise<void> {
  const key = accountKey('login', account);
  const blockedUntil = new Date(Date.now() + 600_000);
  const counts = { tries: 7, refused: 2, started: new Date() };
  await db.throttle.create({
    data: { kind: 'login', scope: 'account', key, blockedUntil, ...counts },
  });
}

/** Ada writes and Grace edits, in a database where there are few groups: then each is seen at once. */
async function makePeople(): Promise<void> {
  const codenames = ['view_article', 'change_article'];
  const where = { contentType: { appLabel: 'articles' }, codename: { in: codenames } };
  const permissions = await db.permission.findMany({ where });
  for (const [username, name] of [
    ['ada', 'Writers'],
    ['grace', 'Editors'],
  ] as const) {
    const { user } = await createUser({ username, groups: [name] });
    const { id: groupId } = await db.group.findFirstOrThrow({ where: { name } });
    const data = permissions.map(({ id: permissionId }) => ({ groupId, permissionId }));
    await db.groupPermission.createMany({ data });
    await sealedSession(user);
  }
}

/** Let the browser be a superuser's, in a database with people for whom there is something to do. */
async function beginAsRoot(
  page: Page,
  { databaseUrl, origin }: { databaseUrl: string; origin: string },
): Promise<void> {
  const value = await withDatabase(databaseUrl, async () => {
    await makePeople();
    await lockOut(WAITING);
    return sealedSession((await createUser({ isSuperuser: true, isStaff: true })).user);
  });
  const cookie = { name: sessionCookieName(false), value, url: origin };
  await page.context().addCookies([{ ...cookie, httpOnly: true, sameSite: 'Lax' }]);
  await watchSteps(page);
}

test('the main jobs take no more steps than where they take the fewest, from the admin’s home', {
  tag: '@javascript-only',
}, async ({ page, makeDatabase, serve }) => {
  const databaseUrl = await makeDatabase(createSqlite);
  const server = await serve(databaseUrl);
  await beginAsRoot(page, { databaseUrl, origin: server.url });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
  const fromHome = async (job: () => Promise<void>) => {
    await page.goto(`${server.url}/admin/`);
    return stepsOf(page, job);
  };

  const invited = await fromHome(async () => {
    await open('Invite a person');
    await page.getByRole('checkbox', { name: 'Writers' }).click();
    await page.getByLabel('Email address').pressSequentially('new@example.com');
    await page.keyboard.press('Enter');
    await expect(page.getByText('It is on its way to new@example.com.')).toBeVisible();
  });
  expect(invited, 'invite a person into a group').toEqual({ clicks: 2, fields: 1, pages: 2 });

  const asked = await fromHome(async () => {
    await go(page, 'why ada publish', /ada.*articles\.publish_article/);
    await expect(page.getByRole('main')).toContainText('articles.publish_article');
  });
  expect(asked, 'why may Ada publish').toEqual({ clicks: 0, fields: 1, pages: 1 });

  const taken = await fromHome(async () => {
    await open('Permission matrix');
    await page.getByRole('checkbox', { name: /^Writers, Can change article/ }).click();
    await press('Review changes');
    await expect(page.getByRole('main')).toContainText(/ada.* loses? it/);
    await press('Take away 1 permission');
    await expect(page.getByText('0 given, 1 taken away')).toBeVisible();
  });
  expect(taken, 'take a permission from a group').toEqual({ clicks: 4, fields: 0, pages: 1 });

  const undone = await stepsOf(page, async () => {
    await press('Undo');
    await expect(page.getByText(/^Undone: /)).toBeVisible();
  });
  expect(undone, 'undo it').toMatchObject({ clicks: 1, fields: 0 });

  const left = await fromHome(async () => {
    await go(page, 'offboard grace', 'Offboard grace');
    await press('Offboard grace');
    await expect(page.getByText('grace was let go')).toBeVisible();
  });
  expect(left, 'let a leaver go, sessions too').toMatchObject({ clicks: 1, fields: 1 });

  await page.goto(`${server.url}/admin/`);
  await go(page, WAITING, /^Person/);
  const letIn = await stepsOf(page, async () => {
    await press('Let in again');
    await expect(page.getByText('ada may try again at once.')).toBeVisible();
  });
  expect(letIn, 'let a throttled person in, on their page').toMatchObject({ clicks: 1, fields: 0 });
});

/** Ask the palette by keys alone, and go where its first answer leads. */
async function go(page: Page, text: string, answer: string | RegExp): Promise<void> {
  const address = page.url();
  // Other fields of a page have lists too.
  const palette = page.getByRole('dialog').getByRole('combobox');
  await expect.poll(() => isHydrated(page)).toBe(true);
  // The keys are listened to a moment after the page is taken over.
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await palette.waitFor({ timeout: 5000 });
  }).toPass();
  await palette.pressSequentially(text);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(answer);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== address);
}

test('the same jobs are done by the keyboard alone', {
  tag: '@javascript-only',
}, async ({ page, makeDatabase, serve }) => {
  const databaseUrl = await makeDatabase(createSqlite);
  const server = await serve(databaseUrl);
  await beginAsRoot(page, { databaseUrl, origin: server.url });
  const main = page.getByRole('main');
  const press = async (name: string) => {
    await reach(page, page.getByRole('button', { name, exact: true }));
    await page.keyboard.press('Enter');
  };
  await page.goto(`${server.url}/admin/`);
  const { clicks } = await stepsOf(page, async () => {
    await reach(page, page.getByRole('link', { name: 'Invite a person' }).first());
    await page.keyboard.press('Enter');
    await reach(page, page.getByRole('checkbox', { name: 'Writers' }));
    await page.keyboard.press('Space');
    await reach(page, page.getByLabel('Email address'));
    await page.keyboard.type('keys@example.com');
    await page.keyboard.press('Enter');
    await expect(page.getByText('It is on its way to keys@example.com.')).toBeVisible();

    await go(page, 'why ada publish', /ada.*articles\.publish_article/);
    await expect(main).toContainText('articles.publish_article');

    await go(page, 'permission matrix', 'Permission matrix');
    await reach(page, page.getByLabel('Filter'));
    await page.keyboard.type('change article');
    await reach(page, page.getByRole('button', { name: 'Articles' }));
    const cell = page.getByRole('checkbox', { name: /^Writers, Can change article/ });
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Space']) {
      await page.keyboard.press(key);
    }
    await expect(cell).toHaveAttribute('data-changed', 'true');
    await page.keyboard.press('Control+s');
    await expect(main).toContainText(/ada.* loses? it/);
    await press('Take away 1 permission');
    await expect(page.getByText('0 given, 1 taken away')).toBeVisible();
    await press('Undo');
    await expect(page.getByText(/^Undone: /)).toBeVisible();

    await go(page, 'offboard grace', 'Offboard grace');
    await press('Offboard grace');
    await expect(page.getByText('grace was let go')).toBeVisible();

    await go(page, WAITING, /^Person/);
    await press('Let in again');
    await expect(page.getByText('ada may try again at once.')).toBeVisible();
  });
  expect(clicks).toBe(0);
});

/** Bring the focus to a control by Tab alone, as somebody without a pointer does. */
async function reach(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  await expect.poll(() => isHydrated(page)).toBe(true);
  const isFocused = () => control.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; !(await isFocused()); pressed += 1) {
    expect(pressed, 'presses of Tab').toBeLessThan(MOST_TABS);
    await page.keyboard.press('Tab');
  }
}

test('the same jobs are done without a script, by the forms as they are sent', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  const { user: root } = await createUser({ isSuperuser: true, isStaff: true });
  const visitor = await visitorOf(server.url, root);
  const { user, username } = await createUser({ groups: ['Writers of plain forms'] });
  const where = { name: 'Writers of plain forms' };
  const { id: groupId } = await db.group.findFirstOrThrow({ where });

  const inviting = '/admin/account/invitation/add/';
  const email = `${username}@example.net`;
  const invitation = withFields(await visitor.form(inviting, 'email'), {
    email,
    groups: [String(groupId)],
    _save: '1',
  });
  expect((await visitor.post(inviting, invitation)).status).toBe(303);
  const sent = await db.invitation.findFirstOrThrow({ where: { email } });
  expect(await db.invitationGroup.count({ where: { invitationId: sent.id, groupId } })).toBe(1);

  await lockOut(username);
  const person = `/admin/auth/user/${user.id}/change/`;
  const lifting = withFields(await visitor.form(person, '_selected_action'), { action: 'let_in' });
  expect((await visitor.post(person, lifting)).status).toBe(303);
  expect((await visitor.get(person)).body).not.toContain('Let in again');

  await sealedSession(user);
  const letting = `/admin/auth/user/${user.id}/offboard/`;
  const form = await visitor.form(letting, '_id');
  expect((await visitor.post(letting, form)).status).toBe(303);
  expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
  expect((await db.user.findUniqueOrThrow({ where: { id: user.id } })).isActive).toBe(false);
});
