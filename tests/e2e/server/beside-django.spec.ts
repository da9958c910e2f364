import { db } from '@/lib/db/client';
import { findDjango } from '@/tests/oracle/find-django';
import { startDjangoSite } from '../../support/admin-script/django-site';
import { PlainBrowser } from '../../support/admin-script/plain-browser';
import { fillWorld, PEOPLE } from '../../support/admin-script/world';
import { sendRaw } from '../../support/attack/raw-form';
import { createSqlite, withDatabase } from '../../support/e2e/environment';
import { expect, sealedSession, test } from '../fixtures';

const as = (username: string) => ({ username, password: PEOPLE.password });

test('Django and this on one host: one browser is signed in to both, and keeps what each has to say', {
  tag: '@no-javascript-only',
}, async ({ serve, makeDatabase }) => {
  const python = findDjango();
  if (!python) {
    const words = 'No Python here has Django; DJANGO_PYTHON may name one.';
    expect(process.env['CI'], `${words} In CI it may not be missing.`).toBeFalsy();
    test.info().skip(true, words);
    return;
  }
  const here = await serve(await makeDatabase(createSqlite));
  const django = await startDjangoSite(python);
  try {
    for (const { databaseUrl } of [here, django]) await withDatabase(databaseUrl, fillWorld);
    const cookies = new Map<string, string>();
    const [ours, theirs] = [here, django].map(({ url }) => new PlainBrowser(url, cookies));
    if (!ours || !theirs) throw new Error('Two sites make two browsers.');
    for (const browser of [theirs, ours]) {
      const admin = browser === ours ? '/accounts/login/' : '/admin/login/';
      const page = await browser.open(admin);
      await browser.submit(page, 'password', as(PEOPLE.root));
    }
    expect(await ours.open('/admin/')).toMatchObject({ status: 200, address: '/admin/' });
    expect(await theirs.open('/admin/')).toMatchObject({ status: 200, address: '/admin/' });

    // As Django has it wait for its next page.
    const waiting = '"[[\\"__json_message\\"\\0540\\05425\\054\\"added\\"]]:1rZ:kq0"';
    cookies.set('messages', waiting);
    await ours.open('/');
    expect(cookies.get('messages')).toBe(waiting);
    await ours.submit(await ours.open('/accounts/logout/'), 'next', {});
    expect((await theirs.open('/admin/')).address).toBe('/admin/');
  } finally {
    await django.stop();
  }
});

test('of several session cookies the one that has a session counts, for gate and guard alike', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const { user } = await createUser();
  const ended = `gatehouse_session=${await sealedSession(user)}`;
  await db.session.deleteMany({ where: { userId: user.id } });
  const own = `gatehouse_session=${await sealedSession(user)}`;
  for (const other of ['gatehouse_session=x', ended]) {
    for (const cookie of [`${other}; ${own}`, `${own}; ${other}`]) {
      const page = await sendRaw(`${server.url}/dashboard/`, { headers: { cookie } });
      expect(page.status, cookie).toBe(200);
    }
  }
  const page = await sendRaw(`${server.url}/dashboard/`, { headers: { cookie: ended } });
  expect(page.headers.location).toMatch(/^\/accounts\/login\//);
});
