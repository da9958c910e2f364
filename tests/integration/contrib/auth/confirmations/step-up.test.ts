import { beforeAll, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { CONFIRM_FIELD, confirmPassword } from '@/lib/contrib/auth/confirmations/step-up';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import type { HttpRequest } from '@/lib/http/request';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import {
  client,
  counting,
  makeUser,
  PASSWORD,
  requestWith,
  save,
  signedIn,
} from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const hasher = countingHasher();

beforeAll(() => registerHasher(hasher));
beforeAll(freshDatabase);

it('gives the session a new key when the password is given again, and keeps what it holds', async () => {
  const user = await makeUser();
  const before = await signedIn(user, { cart: 'apples' });
  const request = await requestOf(user, before);
  expect(await confirm(request, PASSWORD)).toBeNull();
  const after = await save(request);
  expect(after.key).not.toBe(before.key);
  expect(await loadSession(before)).toBeNull();
  const next = await requestWith(after);
  expect(next.session.get('cart')).toBe('apples');
  expect(next.user.equals(user)).toBe(true);
});

it('leaves the key alone after a wrong one', async () => {
  const user = await makeUser();
  const seal = await signedIn(user);
  const request = await requestOf(user, seal);
  expect(await confirm(request, 'wrong')).not.toBeNull();
  expect(await request.session.save(client)).toBeNull();
  expect(await loadSession(seal)).not.toBeNull();
});

async function requestOf(user: User, seal: SessionSeal): Promise<HttpRequest<User>> {
  const { session } = await requestWith(seal);
  return {
    user,
    session,
    ...client,
    method: 'POST',
    path: '/admin/',
    headers: new Headers(),
    isSecure: false,
    origin: '',
    messages: [],
  };
}

function confirm(request: HttpRequest<User>, password: string) {
  const form = new FormData();
  form.set(CONFIRM_FIELD, password);
  return overrideSettings(counting, () => confirmPassword(request, form));
}
