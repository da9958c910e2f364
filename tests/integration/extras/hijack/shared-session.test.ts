import { beforeAll, expect, it } from 'vitest';
import { releaseAction } from '@/app/(hijack)/hijack/actions';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { freshDatabase } from '@/tests/support/database';
import {
  djangosSessions,
  makeDjangosTable,
  readAtDjango,
} from '@/tests/support/django-site/django-sessions';
import { browserOf } from '@/tests/support/server-call';
import { Browser } from '../../contrib/auth/one-way-in/browser';
import { acquireIn, person, seenIn } from './acting';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(async () => {
  const tearDown = await freshDatabase();
  await makeDjangosTable();
  return tearDown;
});
beforeAll(() => djangosSessions());

it('who acts as somebody is a stranger at Django, and comes back to the session of before', async () => {
  const sam = await person('sam', 'hijack.add_impersonation');
  const bob = await person('bob');
  const browser = new Browser();
  browser.cookie = await browserOf(sam);
  const own = (await browser.seal())?.key ?? '';
  await acquireIn(browser, bob);
  expect(await seenIn(browser)).toEqual({ user: 'bob', by: 'sam' });
  const acting = (await browser.seal())?.key ?? '';
  expect(acting).not.toBe(own);
  expect(await readAtDjango(acting)).not.toHaveProperty('_auth_user_id');
  expect(await readAtDjango(own)).toHaveProperty('_auth_user_id', String(sam.id));
  await browser.post((form) => releaseAction(form));
  expect(await seenIn(browser)).toEqual({ user: 'sam', by: null });
  expect([await readAtDjango(acting), (await browser.seal())?.key]).toEqual([null, own]);
});
