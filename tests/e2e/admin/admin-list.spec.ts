import fc from 'fast-check';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { send } from '../../support/attack/attacks';
import { sendRaw } from '../../support/attack/raw-form';
import { formsOf, multipart } from '../../support/e2e/html-forms';
import { type Fields, Visitor, withFields } from '../../support/e2e/visitor';
import { SEED } from '../../support/seed';
import { createUser, expect, sealedSession, test } from '../fixtures';

const RUNS = process.env['TEST_LONG'] ? 20_000 : 100;
const LIST = '/admin/auth/user/';

test('search, filter, sort and delete what is ticked, asked before', async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const prefix = `pick-${crypto.randomUUID().slice(0, 6)}`;
  for (const name of ['a', 'b', 'c']) await createUser({ username: `${prefix}-${name}` });
  await createUser({ username: `${prefix}-staff`, isStaff: true });
  await login(user);
  await page.goto(LIST);
  await page.getByRole('searchbox').fill(prefix);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('4 users found')).toBeVisible();
  await page.locator('summary', { hasText: 'Staff status' }).click();
  await page
    .getByRole('navigation', { name: 'Filters' })
    .getByRole('link', { name: 'No', exact: true })
    .click();
  await page.waitForURL((url) => url.searchParams.get('is_staff__exact') === '0');
  expect(new URL(page.url()).searchParams.get('q')).toBe(prefix);
  await page.getByRole('link', { name: /^Username/ }).click();
  await page.waitForURL((url) => url.searchParams.get('o') === '-1');
  const names = page.locator('#result_list tbody th a');
  await expect(names).toHaveText(['c', 'b', 'a'].map((name) => `${prefix}-${name}`));
  const remove = page.getByRole('button', { name: 'Delete', exact: true });
  await expect(remove).toBeHidden();
  for (const name of ['a', 'b']) await page.getByLabel(`Select ${prefix}-${name}`).check();
  await remove.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete 2 users?');
  expect(await db.user.count({ where: { username: { startsWith: prefix } } })).toBe(4);
  await page.getByRole('button', { name: 'Delete 2 users' }).click();
  await expect(page.getByText('Successfully deleted 2 users.')).toBeVisible();
  expect(new URL(page.url()).search).toBe(`?is_staff__exact=0&o=-1&q=${prefix}`);
  await expect(names).toHaveText([`${prefix}-c`]);
});

test('rows are ticked together with scripts', { tag: '@javascript-only' }, async ({
  page,
  createUser,
  login,
}) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const prefix = `tick-${crypto.randomUUID().slice(0, 6)}`;
  for (const name of ['a', 'b', 'c', 'd']) await createUser({ username: `${prefix}-${name}` });
  await login(user);
  await page.goto(`${LIST}?q=${prefix}`);
  await page.getByLabel(`Select ${prefix}-a`).check();
  await page.getByLabel(`Select ${prefix}-c`).click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 of 4 selected')).toBeVisible();
  await page.getByLabel('Select all rows of this page').check();
  await expect(page.getByText('4 of 4 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Deactivate 4 users' }).click();
  await expect(page.getByText('Deactivated 4 users.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Deactivate' })).toBeHidden();
});

test('what each permission lets somebody do with the list', { tag: '@no-javascript-only' }, async ({
  server,
}) => {
  const victim = await createUser();
  const status = async (permissions: Parameters<typeof createUser>[0], path = LIST) => {
    const { user } = await createUser({ isStaff: true, ...permissions });
    const cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
    const { status, body } = await sendRaw(`${server.url}${path}`, { headers: { cookie } });
    return { status, body, cookie };
  };
  expect((await status({})).status).toBe(403);
  expect((await status({ isStaff: false, isSuperuser: true })).status).toBe(403);
  expect((await status({ permissions: ['auth.delete_user', 'auth.add_user'] })).status).toBe(403);
  expect((await status({ permissions: ['auth.view_group'] }, `${LIST}export/`)).status).toBe(403);
  expect((await status({ permissions: ['auth.change_user'] })).body).toContain('Deactivate');
  expect((await status({ isSuperuser: true }, `${LIST}?password__startswith=p`)).status).toBe(400);
  expect((await status({ isSuperuser: true }, `${LIST}export/?bogus=1`)).status).toBe(400);
  expect((await status({ isSuperuser: true }, '/admin/auth/nothing/')).status).toBe(404);
  const viewer = await status({ permissions: ['auth.view_user'] });
  expect(viewer.status).toBe(200);
  expect(viewer.body).not.toContain('_selected_action');
  const url = `${server.url}${LIST}export/?username__exact=${victim.username}`;
  const file = await sendRaw(url, { headers: { cookie: viewer.cookie } });
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename="user-.*\.csv"$/);
  expect(file.body.split('\r\n')).toHaveLength(3);
  expect(file.body).toContain(`"${victim.username}"`);
  // The form of one who may, sent by one who may not.
  const root = await status({ isSuperuser: true });
  const form = formsOf(root.body).find(({ fields }) => fields.some(([name]) => name === '_query'));
  const hidden = form?.fields.filter(([name]) => /^(\$ACTION|_model|_query)/.test(name)) ?? [];
  const { headers, body } = multipart([
    ...hidden,
    ['action', 'delete_selected'],
    ['_selected_action', String(victim.user.id)],
    ['post', 'yes'],
  ]);
  const attack = { what: 'forged', method: 'POST', path: LIST, body };
  const sent = { ...attack, headers: { ...headers, origin: server.url } };
  const answer = await send(server.url, sent, viewer.cookie);
  expect(answer.status).toBe(303);
  expect(await db.user.count({ where: { id: victim.user.id } })).toBe(1);
  await send(server.url, sent, root.cookie);
  expect(await db.user.count({ where: { id: victim.user.id } })).toBe(0);
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    "' OR 1=1 --",
    '\0',
    '%',
    '1',
    '-1',
    '99999999999',
    '2001-01-01',
    'x'.repeat(3000),
  ),
);
const lookup = fc.constantFrom(
  ...['q', 'o', 'p', 'all', 'e', 'bogus', 'id', 'id__in', 'username__contains', 'is_staff__exact'],
  ...['date_joined__gte', 'groups__id__exact', 'password', 'groups__name', '__proto__'],
);

test('no query of a list or an export is a fault', { tag: '@no-javascript-only' }, async ({
  server,
}) => {
  if (process.env['TEST_LONG']) test.setTimeout(3_600_000);
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
  const lists = ['auth/user', 'auth/group', 'auth/permission', 'articles/article'];
  const page = fc.tuple(fc.constantFrom(...lists), fc.constantFrom('', 'export/'));
  await fc.assert(
    fc.asyncProperty(
      page,
      fc.array(fc.tuple(lookup, text), { maxLength: 3 }),
      async (at, pairs) => {
        const path = `/admin/${at[0]}/${at[1]}?${new URLSearchParams(pairs)}`;
        const attack = { what: 'fuzz', method: 'GET', path, headers: {} };
        const { status } = await send(server.url, attack, cookie);
        expect([200, 302, 303, 307, 308, 400], `${status} ${path}`).toContain(status);
      },
    ),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  console.info(`list fuzz: ${RUNS} queries, seed ${SEED}`);
});

test('a list of several pages is acted on whole only while it holds what was listed', {
  tag: '@no-javascript-only',
}, async ({ createUser, server }) => {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  const visitor = new Visitor(
    server.url,
    `${sessionCookieName(false)}=${await sealedSession(user)}`,
  );
  const person = (i: number) => ({
    ...{ username: `across${i}`, password: '!', firstName: '', lastName: '', email: '' },
    ...{ isActive: true, isStaff: false, isSuperuser: false, dateJoined: new Date() },
  });
  await db.user.createMany({ data: Array.from({ length: 102 }, (_, i) => person(i)) });
  const where = { username: { startsWith: 'across' }, isActive: true };
  const path = '/admin/auth/user/?q=across';
  const deactivateAll = async (fields: Fields) => {
    const chosen = { select_across: '1', action: 'deactivate', _selected_action: [] };
    expect((await visitor.postRead(path, withFields(fields, chosen))).status).toBe(303);
    return db.user.count({ where });
  };
  const before = await visitor.form(path, 'select_across');
  await db.user.deleteMany({ where: { username: 'across7' } });
  expect(await deactivateAll(before)).toBe(101);
  expect(await deactivateAll(await visitor.form(path, 'select_across'))).toBe(0);
});
