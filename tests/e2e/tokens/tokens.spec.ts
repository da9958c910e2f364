import { db } from '@/lib/db/client';
import { isTokenText } from '@/lib/extras/tokens/token-text';
import { faultsOf } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

test('a token is made, shown once, used by a program, and ended', async ({
  page,
  server,
  createUser,
  login,
}) => {
  const { user } = await createUser({
    permissions: ['tokens.add_token', 'articles.view_article', 'articles.add_article'],
  });
  await login(user);
  await page.goto('/accounts/tokens/');
  await page.getByRole('link', { name: 'Make a token' }).click();
  await page.getByRole('checkbox', { name: /articles\.view_article/ }).check();
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByRole('main')).toContainText('Give the token a name.');
  await expect(page.getByRole('checkbox', { name: /articles\.view_article/ })).toBeChecked();
  await page.getByRole('textbox', { name: 'Name' }).fill('script');
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your new token');
  const text = (await page.locator('#new_token').textContent()) ?? '';
  expect(isTokenText(text)).toBe(true);

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { redirect: 'manual', ...init });
  const headers = { authorization: `Bearer ${text}` };
  const list = await ask('/api/articles/?per_page=1', { headers });
  expect([list.status, list.headers.get('set-cookie')]).toEqual([200, null]);
  expect(await list.json()).toMatchObject({ page: 1 });
  const json = { ...headers, 'content-type': 'application/json', origin: 'https://evil.example' };
  const sent = { method: 'POST', headers: json, body: '{"title":"a","body":"b"}' };
  const refused = await ask('/api/articles/', sent);
  expect([refused.status, (await refused.json()).missing]).toEqual([403, ['articles.add_article']]);
  for (const path of ['/api/me/', '/api/nothing/', '/api/articles/1/']) {
    const stranger = await ask(path);
    expect([path, stranger.status]).toEqual([path, 401]);
    expect(stranger.headers.get('www-authenticate')).toBe('Bearer realm="gatehouse"');
  }
  const onPage = await ask('/dashboard/', { headers });
  expect([onPage.status, onPage.headers.get('location')]).toEqual([
    307,
    '/accounts/login/?next=/dashboard/',
  ]);

  await page.getByRole('link', { name: 'I have kept it' }).click();
  await expect(page).toHaveURL('/accounts/tokens/');
  await expect(page.getByRole('main')).toContainText(text.slice(0, 10));
  expect(await page.content()).not.toContain(text);
  await page.getByRole('button', { name: /^End token/ }).click();
  await expect(page.getByRole('status')).toContainText('is ended');
  expect((await ask('/api/me/', { headers })).status).toBe(401);
});

test('the pages of tokens are accessible and fit a phone', { tag: '@javascript-only' }, async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({ isSuperuser: true, isStaff: true });
  await db.token.create({
    data: {
      userId: user.id,
      name: 'x'.repeat(100),
      start: 'gth_abcdef',
      tokenHash: String(user.id),
      isFull: false,
      networks: '2001:db8:1111:2222:3333:4444:5555:6666/128\n192.0.2.0/24',
      created: new Date(),
      expires: new Date(Date.now() + 86_400_000),
      lastUsedIp: '',
    },
  });
  await login(user);
  for (const address of ['/accounts/tokens/', '/accounts/tokens/add/']) {
    await page.goto(address);
    expect([address, await faultsOf(page)]).toEqual([address, {}]);
  }
});
