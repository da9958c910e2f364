import { beforeAll, expect, it } from 'vitest';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { loginRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { makeUser } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import {
  beginAtDjango,
  djangosSessions,
  makeDjangosTable,
} from '@/tests/support/django-site/django-sessions';
import { codeOf, MfaBrowser, makePersonWithTotp } from '@/tests/support/mfa/people';
import { statementsOf } from '@/tests/support/statements';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(async () => {
  const tearDown = await freshDatabase();
  await makeDjangosTable();
  return tearDown;
});
beforeAll(() => djangosSessions());

const inside = probe(loginRequired);

it('whoever signed in at Django, without the factor they have, gives it before they pass', async () => {
  const { user, secret } = await makePersonWithTotp();
  const browser = new MfaBrowser();
  browser.setCookie('sessionid', await beginAtDjango(user));
  for (const kind of ['page', 'action', 'handler'] as const) {
    const { ran, location } = await inside.ask(kind, { cookie: browser.cookie });
    expect([ran, location?.split('?', 1)[0]]).toEqual([false, '/accounts/2fa/authenticate/']);
  }
  await browser.code(codeOf(secret));
  expect((await inside.ask('page', { cookie: browser.cookie })).ran).toBe(true);
});

it('whoever has none passes, and no statement asks', async () => {
  const cookie = `sessionid=${await beginAtDjango(await makeUser())}`;
  expect((await inside.ask('page', { cookie })).ran).toBe(true);
  expect(await statementsOf(() => inside.ask('page', { cookie }))).toHaveLength(1);
});
