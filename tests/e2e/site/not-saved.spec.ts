import type { Page, Route } from '@playwright/test';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { faultsOf } from '../../support/e2e/look';
import { failures, type SentForm, sentForms, typedIn } from '../../support/e2e/watched-forms';
import { expect, sealedSession, test } from '../fixtures';

const notSaved = (page: Page) => page.locator('[data-not-saved]');

test.describe('a form that gets no answer', { tag: '@javascript-only' }, () => {
  test.beforeEach(({ allowConsoleErrors }) => {
    allowConsoleErrors(/Failed to load resource/);
  });

  test('stays as it is, says why, and is sent by trying again: every form there is', async ({
    page,
    context,
    login,
    createUser,
  }) => {
    const { user } = await createUser({ isStaff: true, isSuperuser: true });
    const all = sentForms(await furnish(user, await createUser()));
    // Every third in a short run: they share the one mechanism that the causes below try.
    const forms = process.env['TEST_LONG'] ? all : all.filter((_form, index) => index % 3 === 0);
    for (const [index, form] of forms.entries()) {
      await test.step(form.name, async () => {
        if (form.isForStrangers) await context.clearCookies();
        else await login(user);
        const { answer, says, cause } = failures[index % failures.length] ?? failures[0] ?? never();
        await prepare(page, form);
        const before = await typedIn(page);
        await withPosts(page, answer, async () => {
          await press(page, form);
          await expect(notSaved(page), `${form.name}: ${cause}`).toContainText(says);
          await expect(notSaved(page)).toBeFocused();
        });
        expect(await typedIn(page)).toEqual(before);
        if (/renewed/.test(says.source)) return;
        const sent = page.waitForRequest((request) => request.method() === 'POST');
        await withPosts(page, answer, async () => {
          await notSaved(page).getByRole('button', { name: 'Try again' }).click();
          expect((await sent).postData()).toContain(pressedField(form));
          await expect(notSaved(page)).toBeFocused();
        });
      });
    }
  });

  test('says so for every cause, takes away an old success, and is saved once there is an answer', async ({
    page,
    login,
    createUser,
  }) => {
    const { user } = await createUser({ isSuperuser: true, isStaff: true });
    await login(user);
    await page.goto('/admin/auth/group/add/');
    await page.getByLabel('Name', { exact: true }).fill(`First ${user.username}`);
    await page.getByRole('button', { name: 'Save and add another' }).click();
    const success = page.getByText('was added successfully');
    await expect(success).toBeVisible();
    await page.getByLabel('Name', { exact: true }).fill(`Second ${user.username}`);
    for (const { cause, answer, says } of failures) {
      await withPosts(page, answer, async () => {
        await page.getByRole('button', { name: 'Save and add another' }).click();
        // By each failure anew: one may have the words of the one before, while it is still under way.
        await expect(notSaved(page), cause).toBeFocused();
        await expect(notSaved(page), cause).toContainText(says);
      });
      await expect(page.getByLabel('Name', { exact: true })).toHaveValue(`Second ${user.username}`);
      await expect(success).toHaveCount(0);
    }
    expect(await faultsOf(page)).toEqual({});
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Save and add another' }).click();
    await expect(notSaved(page)).toContainText('you have no connection');
    await page.context().setOffline(false);
    await notSaved(page).getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText(`“Second ${user.username}” was added successfully`)).toBeVisible();
    await expect(notSaved(page)).toHaveCount(0);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('');
  });

  test('says the reference of a fault of the server, which is in its log', async ({
    page,
    login,
    createUser,
    server,
  }) => {
    const { user } = await createUser({ permissions: ['articles.add_article'] });
    await login(user);
    await db.$executeRawUnsafe(
      "CREATE TRIGGER faulty BEFORE INSERT ON articles_article BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    await page.goto('/dashboard/articles/add/');
    await page.getByLabel('Title').fill('A title');
    await page.getByLabel('Body').fill('A body');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(notSaved(page)).toContainText('something failed on the server');
    const reference = (await notSaved(page).locator('code').textContent()) ?? 'none';
    await expect.poll(() => server.lines.join('\n')).toContain(reference);
    await expect(page.getByLabel('Body')).toHaveValue('A body');
    await db.$executeRawUnsafe('DROP TRIGGER faulty');
  });
});

async function furnish(user: User, other: { user: User }) {
  const now = new Date();
  const data = {
    title: 'An article',
    body: 'Its body',
    isPublished: false,
    created: now,
    modified: now,
  };
  const article = await db.article.create({ data });
  const group = await db.group.create({ data: { name: `A group of ${user.username}` } });
  await sealedSession(user);
  return { user: other.user.id, group: group.id, article: article.id };
}

async function prepare(page: Page, form: SentForm): Promise<void> {
  await page.goto(form.path);
  await form.fill?.(page);
}

function press(page: Page, { button, within = 'body' }: SentForm): Promise<void> {
  const exact = typeof button === 'string';
  return page.locator(within).getByRole('button', { name: button, exact }).first().click();
}

async function withPosts(
  page: Page,
  answer: (route: Route) => Promise<void>,
  act: () => Promise<void>,
) {
  const onRoute = (route: Route) =>
    route.request().method() === 'POST' ? answer(route) : route.fallback();
  await page.route('**/*', onRoute);
  await act();
  await page.unroute('**/*', onRoute);
}

// Which of several buttons was pressed is sent again, too.
function pressedField({ name, button }: SentForm): string {
  const fields: Record<string, string> = {
    Save: '_save',
    'Save and continue editing': '_continue',
    'Save and add another': '_addanother',
    'Review changes': '_review',
  };
  if (name === 'the review of the matrix') return '_save';
  return typeof button === 'string' ? (fields[button] ?? '') : '';
}

function never(): never {
  throw new Error('There is no failure to try.');
}
