import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { sendRaw } from '../../support/attack/raw-form';
import { multipart } from '../../support/e2e/html-forms';
import { Visitor } from '../../support/e2e/visitor';
import { expect, sealedSession, signIn, test } from '../fixtures';

type Fields = { actorId: number } | { targetId: number };

async function eventsOf(where: Fields): Promise<string[]> {
  const entries = await db.securityLogEntry.findMany({ where, orderBy: { id: 'asc' } });
  return entries.map(({ event }) => event);
}

test('signing in and out stand in the log and on stdout, with the session, without its key', {
  tag: '@no-javascript-only',
}, async ({ page, context, server, createUser }) => {
  const { user, username, password } = await createUser();
  await signIn(page, username, password);
  const cookie = (await context.cookies()).find(({ name }) => name === 'gatehouse_session');
  const session = await db.session.findFirstOrThrow({ where: { userId: user.id } });
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  const entries = await db.securityLogEntry.findMany({ where: { actorId: user.id } });
  expect(entries.map(({ event }) => event)).toEqual(['authn_login_success', 'session_expired']);
  for (const entry of entries) {
    expect(entry).toMatchObject({ actorUsername: username, sessionKey: session.sessionKey });
    expect(entry.ipAddress).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(entry.userAgent).toContain('Chrome');
  }
  const printed = () =>
    server.lines
      .filter((line) => line.includes('"type":"security"'))
      .map((line) => JSON.parse(line))
      .filter(({ actorId }) => actorId === user.id)
      .map(({ event }) => event);
  await expect.poll(printed).toEqual(['authn_login_success', 'session_expired']);
  expect(server.lines.join('\n')).not.toContain(password);
  expect(cookie?.value.length).toBeGreaterThan(100);
  expect(server.lines.join('\n')).not.toContain(cookie?.value);
});

test('a refused page and a refused action are one event each', {
  tag: '@javascript-only',
}, async ({ page, createUser, login, allowConsoleErrors }) => {
  allowConsoleErrors(/status of 403/);
  const { user } = await createUser({
    permissions: ['articles.view_article', 'articles.publish_article'],
  });
  const now = new Date();
  const data = { title: 'Log', body: 'Text', isPublished: false, created: now, modified: now };
  const { id } = await db.article.create({ data });
  await login(user);
  await db.securityLogEntry.deleteMany({ where: { actorId: user.id } });
  await page.goto('/dashboard/articles/add/?secret=token');
  await page.goto(`/dashboard/articles/${id}/`);
  await db.userPermission.deleteMany({
    where: { userId: user.id, permission: { codename: 'publish_article' } },
  });
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('articles.publish_article');
  const entries = await db.securityLogEntry.findMany({
    where: { actorId: user.id },
    orderBy: { id: 'asc' },
  });
  expect(entries.map(({ event, detail }) => [event, JSON.parse(detail)])).toEqual([
    [
      'authz_fail',
      { method: 'GET', path: '/dashboard/articles/add/', perms: ['articles.add_article'] },
    ],
    [
      'authz_fail',
      { method: 'POST', path: `/dashboard/articles/${id}/`, perms: ['articles.publish_article'] },
    ],
  ]);
});

test('a forged form stands in the log for whoever is signed in; a stranger’s is only printed', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { user } = await createUser();
  const cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
  const path = '/accounts/logout/';
  const { headers, body } = multipart(await new Visitor(server.url, cookie).form(path, 'next'));
  const from = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const forge = (own: Record<string, string>) =>
    sendRaw(`${server.url}${path}`, {
      method: 'POST',
      headers: { ...headers, ...from, ...own },
      body,
    });
  expect((await forge({ cookie })).status).toBe(403);
  expect(await eventsOf({ actorId: user.id })).toContain('malicious_csrf');
  const printed = () => server.lines.filter((line) => line.includes('malicious_csrf')).length;
  await expect.poll(printed).toBeGreaterThan(0);
  const [stored, before] = [await db.securityLogEntry.count(), printed()];
  expect((await forge({})).status).toBe(403);
  await expect.poll(printed).toBe(before + 1);
  expect(await db.securityLogEntry.count()).toBe(stored);
});
