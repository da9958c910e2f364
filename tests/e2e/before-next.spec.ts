import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { type Attack, send } from '../support/attack/attacks';
import { multipart } from '../support/e2e/html-forms';
import { createUser, expect, sealedSession, test } from './fixtures';

const FIXED = ['x-content-type-options', 'x-frame-options', 'cross-origin-resource-policy'];
const PROPS: [string, string][] = [
  ['0', '[{"params":"$@1","searchParams":"$@2"}]'],
  ['1', '{}'],
  ['2', '{}'],
];
const TOO_LONG = Buffer.alloc(1_200_000, 'x');

type Sent = Partial<Attack> & { path: string };

function sender(origin: string) {
  return async (sent: Sent, cookie = '') => {
    const attack = { what: '', method: 'GET', headers: {}, ...sent };
    const answer = await send(origin, attack, cookie);
    const what = `${attack.method} ${attack.path}: ${answer.status}`;
    for (const name of FIXED) expect(answer.headers[name], `${what}: ${name}`).toBeDefined();
    expect(answer.body, what).not.toMatch(/Internal Server Error$|\n\s+at /);
    return answer;
  };
}

async function superuserCookie(): Promise<string> {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  return `${sessionCookieName(false)}=${await sealedSession(user)}`;
}

test('what no view is asked gets the right 4xx, a page of the site and the fixed headers', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  const ask = sender(server.url);
  const cookie = await superuserCookie();
  const isWhole = /<header[\s>].*<h1/s;

  for (const path of ['/admin/%ff/', '/admin/%ff', '/%zz/', '/admin/%00/', '/admin/auth/%c0/1/']) {
    const stranger = await ask({ path });
    expect([path, stranger.status]).toEqual([path, 302]);
    expect(stranger.headers.location).toContain(`?next=${path.replaceAll('%', '%25')}`);
    const known = await ask({ path }, cookie);
    expect([path, known.status]).toEqual([path, 404]);
    expect(known.body).toMatch(isWhole);
  }
  for (const path of ['/accounts/reset/%ff/x/', '/accounts/reset/x/%e2%28/']) {
    for (const who of ['', cookie]) {
      const answer = await ask({ path }, who);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).toMatch(isWhole);
    }
  }

  for (const path of ['/accounts/login/', '/dashboard/', '/no/such/page/']) {
    for (const who of ['', cookie]) {
      const trace = await ask({ path, method: 'TRACE' }, who);
      expect([trace.status, trace.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
      for (const headers of [{ 'transfer-encoding': 'chunked' }, {}] as Record<string, string>[]) {
        const type = { 'content-type': 'multipart/form-data; boundary=x', origin: server.url };
        const body = { method: 'POST', body: TOO_LONG, headers: { ...type, ...headers } };
        const answer = await ask({ path, ...body }, who);
        expect([path, answer.status]).toEqual([path, 413]);
        expect(answer.body).toMatch(isWhole);
        expect(answer.body).toContain('At most 1 MB');
      }
    }
  }
  const put = await ask(
    { path: '/dashboard/', method: 'PUT', headers: { origin: server.url } },
    cookie,
  );
  expect([put.status, put.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);

  const asset = await ask({ path: '/_next/static/chunks/nope.js' }, cookie);
  expect([asset.status, asset.headers['content-type']]).toEqual([404, 'text/plain']);
  const evil = { path: '/_next/static/x/', headers: { host: 'evil.test' } };
  expect((await ask(evil, cookie)).status).toBe(400);
  expect((await ask({ path: '*' })).status).toBe(400);
  for (const path of ['/icon.svg', '/admin', '/accounts/login/']) await ask({ path });
  const built = /\/_next\/static\/[^"]+\.css/.exec((await ask({ path: '/' })).body)?.[0] ?? '';
  expect((await ask({ path: built })).status).toBe(200);
});

type Entry = { workers: Record<string, unknown> };

/** The address of a page that has an action: what is sent elsewhere is forwarded without its status. */
function pageOf(workers: Entry['workers']): string {
  const [page = ''] = Object.keys(workers);
  const segments: Record<string, string> = { app: 'auth', model: 'user', id: '1' };
  return page
    .replace(/^app/, '')
    .replace(/page$/, '')
    .replace(/\/\([^/)]+\)/g, '')
    .replace(/\[(?:\.{3})?(\w+)\]/g, (_all, name) => segments[name] ?? 'x');
}

test('a forged call that looks like a page is refused by every action, without a stack', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  const ask = sender(server.url);
  const manifest = '.next/server/server-reference-manifest.json';
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as { node: Record<string, Entry> };
  const before = server.lines.length;
  const { headers, body } = multipart(PROPS);
  const asAction = { ...headers, accept: 'text/x-component', origin: server.url };
  for (const [id, { workers }] of Object.entries(node)) {
    for (const cookie of ['', await superuserCookie()]) {
      const sent = { method: 'POST', body, headers: { ...asAction, 'next-action': id } };
      const answer = await ask({ path: pageOf(workers), ...sent }, cookie);
      expect([id, answer.status]).toEqual([id, 400]);
    }
  }
  expect(Object.keys(node).length).toBeGreaterThan(10);
  expect(server.lines.slice(before).join('\n')).not.toMatch(/TypeError|^\s+at /m);
  // What cannot be read at all never reaches a guard.
  const [id = ''] = Object.keys(node);
  for (const garbage of ['', '%%%', '["$7"]', '["$1:__proto__:constructor"]']) {
    const text = { ...asAction, 'content-type': 'text/plain', 'next-action': id };
    const sent = { method: 'POST', body: garbage, headers: text };
    expect((await ask({ path: '/accounts/login/', ...sent })).status).toBe(400);
  }
  const broken = { 'content-type': 'multipart/form-data; boundary=x', origin: server.url };
  const sent = { method: 'POST', body: 'garbage', headers: broken };
  expect((await ask({ path: '/accounts/login/', ...sent })).status).toBe(400);
});

test('signing in never leads the browser to another site, whatever next says', {
  tag: '@javascript-only',
}, async ({ page, server }) => {
  const visited: string[] = [];
  const evil = createServer((request, response) => {
    visited.push(request.headers.host ?? '');
    response.end('attacker');
  });
  await new Promise<void>((resolve) => {
    evil.listen(0, '127.0.0.1', resolve);
  });
  const host = `evil.localhost:${(evil.address() as AddressInfo).port}`;
  const { username, password } = await createUser();
  for (const next of [`/.//${host}/%ff`, `/x/..//${host}/%ff`, `/.\\\\${host}/%ff`]) {
    await page.goto(`/accounts/login/?${new URLSearchParams({ next })}`);
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${server.url}/dashboard/`);
  }
  // An address that cannot be decoded is a page of this site too.
  await page.goto(`/accounts/login/?${new URLSearchParams({ next: '/no/%ff/' })}`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  expect(visited).toEqual([]);
  evil.close();
});

test('a form that is too large says so, and going back finds what was typed', {
  tag: '@no-javascript-only',
}, async ({ page, login, createUser: create, allowConsoleErrors }) => {
  allowConsoleErrors(/status of 413/);
  const { user } = await create({ permissions: ['articles.add_article'] });
  await login(user);
  await page.goto('/dashboard/articles/add/');
  await expect(page.getByText('At most 100,000 characters.')).toBeVisible();
  await expect(page.getByLabel('Body')).toHaveAttribute('maxlength', '100000');
  await page.getByLabel('Title').fill('y'.repeat(1_100_000));
  await page.getByLabel('Body').fill('What was typed');
  await page.getByRole('button', { name: /save|add|write/i }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is too much at once');
  await page.goBack();
  await expect(page.getByLabel('Body')).toHaveValue('What was typed');
});
