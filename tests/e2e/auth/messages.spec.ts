import type { Page } from '@playwright/test';
import { signMessages } from '@/lib/contrib/messages/signing';
import { encodeMessages } from '@/lib/contrib/messages/storage';
import { db } from '@/lib/db/client';
import { expect, test, visitorOf } from '../fixtures';

async function makeArticle(title: string): Promise<number> {
  const now = new Date();
  const data = { title, body: 'Text', isPublished: false, created: now, modified: now };
  return (await db.article.create({ data })).id;
}

function messages(page: Page, text: RegExp | string) {
  return page.locator('[role=status]').getByText(text);
}

function cookieOf(text: string): Promise<string> {
  return signMessages(encodeMessages([{ id: '1', level: 'info', text }]));
}

const PUBLISHER = {
  permissions: ['articles.view_article', 'articles.publish_article'] as const,
};

test('a message is shown once after a redirect to another page', async ({
  page,
  createUser,
  login,
}) => {
  await login((await createUser()).user);
  await page.goto('/dashboard/');
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  await expect(messages(page, 'You are signed out.')).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(messages(page, 'You are signed out.')).toHaveCount(0);
});

test('a message is shown once after a redirect to the same page, twice in a row', async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({ permissions: [...PUBLISHER.permissions] });
  const id = await makeArticle('Twice');
  await login(user);
  await page.goto(`/dashboard/articles/${id}/`);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(messages(page, '“Twice” is published.')).toHaveCount(1);
  await page.getByRole('button', { name: 'Unpublish' }).click();
  await expect(messages(page, '“Twice” is a draft again.')).toHaveCount(1);
  await expect(messages(page, '“Twice” is published.')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeVisible();
  await expect(messages(page, /Twice/)).toHaveCount(0);
});

test('a soft navigation neither repeats nor keeps a message', { tag: '@javascript-only' }, async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({ permissions: [...PUBLISHER.permissions] });
  const id = await makeArticle('Gone');
  await login(user);
  await page.goto(`/dashboard/articles/${id}/`);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(messages(page, /Gone/)).toHaveCount(1);
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await expect(page).toHaveURL('/dashboard/');
  await expect(messages(page, /Gone/)).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Gone' })).toBeVisible();
  await expect(messages(page, /Gone/)).toHaveCount(0);
});

test('two quick posts show both messages, once', {
  tag: '@javascript-only',
}, async ({ page, createUser, login, baseURL }) => {
  const { user } = await createUser({ permissions: [...PUBLISHER.permissions] });
  const ids = [await makeArticle('First'), await makeArticle('Second')];
  await login(user);
  const forms: Record<string, string>[] = [];
  for (const id of ids) {
    await page.goto(`/dashboard/articles/${id}/`);
    const fields = await page
      .locator('main form input')
      .evaluateAll((inputs) =>
        inputs.map((input) => [
          (input as HTMLInputElement).name,
          (input as HTMLInputElement).value,
        ]),
      );
    forms.push(Object.fromEntries(fields));
  }
  for (const multipart of forms) {
    const answer = await page.request.post(`/dashboard/articles/${multipart['id']}/`, {
      multipart,
      headers: { origin: baseURL ?? '' },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
  }
  await page.goto('/dashboard/');
  await expect(messages(page, '“First” is published.')).toHaveCount(1);
  await expect(messages(page, '“Second” is published.')).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Groups' })).toBeVisible();
  await expect(messages(page, /is published/)).toHaveCount(0);
});

test('a prefetch in between does not eat the message', {
  tag: '@no-javascript-only',
}, async ({ page, createUser, login, context, baseURL }) => {
  const { user } = await createUser();
  await login(user);
  const value = await cookieOf('Still here');
  await context.addCookies([{ name: 'gatehouse_messages', value, url: baseURL ?? '' }]);
  const prefetches: Record<string, string>[] = [
    { accept: '*/*', rsc: '1', 'next-router-prefetch': '1' },
    { accept: 'text/html', 'sec-purpose': 'prefetch' },
    { accept: '*/*', 'sec-fetch-dest': 'empty' },
  ];
  for (const headers of prefetches) await page.request.get('/dashboard/', { headers });
  await page.goto('/dashboard/');
  await expect(messages(page, 'Still here')).toHaveCount(1);
});

test('two tabs show a message once between them', {
  tag: '@javascript-only',
}, async ({ page, context, createUser, login }) => {
  const { user } = await createUser({ permissions: [...PUBLISHER.permissions] });
  const id = await makeArticle('Tabs');
  await login(user);
  await page.goto(`/dashboard/articles/${id}/`);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(messages(page, /Tabs/)).toHaveCount(1);
  const other = await context.newPage();
  await other.goto('/dashboard/');
  await expect(other.getByRole('heading', { name: 'Groups' })).toBeVisible();
  await expect(messages(other, /Tabs/)).toHaveCount(0);
});

test('markup in a message and a damaged cookie do no harm', async ({ page, context, baseURL }) => {
  const text = '<img src=x onerror=alert(1)>';
  const value = await cookieOf(text);
  await context.addCookies([{ name: 'gatehouse_messages', value, url: baseURL ?? '' }]);
  await page.goto('/');
  await expect(messages(page, text)).toHaveCount(1);
  await context.addCookies([{ name: 'gatehouse_messages', value: '%zz{"', url: baseURL ?? '' }]);
  expect((await page.goto('/'))?.status()).toBe(200);
});

test('a message is shown though the file that takes it comes after the answer', {
  tag: '@javascript-only',
}, async ({ page, server, createUser, login }) => {
  const { user } = await createUser();
  await login(user);
  await visitorOf(server.url, user);
  let letCome = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.goto('/dashboard/');
  await page.route('**/_next/static/**/*.js', async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes('Max-Age=0; SameSite=Lax')) await isAnswered;
    await route.fulfill({ response, body });
  });
  const held = page.waitForRequest('**/_next/static/**/*.js');
  await page.getByRole('link', { name: 'See where you are signed in' }).click();
  await expect(page).toHaveURL('/accounts/sessions/');
  await held;
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await expect(page.getByText('You are signed in nowhere else.')).toBeVisible();
  letCome();
  await expect(messages(page, 'One session is ended.')).toBeVisible();
});
