import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerConfirmation } from '@/lib/contrib/auth/confirmations/confirmation';
import {
  confirmIdentity,
  isSignInFresh,
  stepUpFields,
} from '@/lib/contrib/auth/confirmations/step-up';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { AUTH_METHODS_KEY, authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { refusedField } from '@/lib/forms/forms';
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
import { expectNewKey } from '../new-key';

const hasher = countingHasher();

beforeAll(() => registerHasher(hasher));
beforeAll(freshDatabase);

it('gives the session a new key when the password is given again, and keeps what it holds', async () => {
  const user = await makeUser();
  const before = await signedIn(user, { cart: 'apples' });
  const request = await requestOf(user, before);
  expect(await confirm(request, PASSWORD)).toBeNull();
  await expectNewKey(user, before, await save(request));
});

it('leaves the key alone after a wrong one', async () => {
  const user = await makeUser();
  const seal = await signedIn(user);
  const request = await requestOf(user, seal);
  expect(await confirm(request, 'wrong')).not.toBeNull();
  expect(await request.session.save(client)).toBeNull();
  expect(await loadSession(seal)).not.toBeNull();
});

it('counts as a proof from then on, beside the one that the session began with', async () => {
  const user = await makeUser();
  const request = await requestOf(user, await signedIn(user));
  request.session.set(AUTH_METHODS_KEY, [{ method: 'remote_user', at: 1 }]);
  expect(isSignInFresh(request)).toBe(false);
  expect(await confirm(request, 'wrong')).not.toBeNull();
  expect(isSignInFresh(request)).toBe(false);
  expect(await confirm(request, PASSWORD)).toBeNull();
  expect(isSignInFresh(request)).toBe(true);
  expect(authMethods(request.session).map(({ method }) => method)).toEqual([
    'remote_user',
    'password',
  ]);
});

describe('the kinds of a confirmation', () => {
  const undo: (() => void)[] = [];
  const code = {
    name: 'word',
    field: { name: 'confirm_word', label: 'The word', kind: 'code' },
    request: 'Say the word.',
    isAvailable: ({ firstName }: User) => firstName === 'Ali',
    confirm: async (_request: HttpRequest<User>, form: FormData) =>
      form.get('confirm_word') === 'sesame' ? null : refusedField(form, 'confirm_word', 'No.'),
  } as const;

  afterEach(() => {
    for (const each of undo.splice(0)) each();
  });

  it('are those that the person has, the password first', async () => {
    const [user, ali] = [await makeUser(), await makeUser()];
    const without = await makeUser({ password: null });
    ali.firstName = 'Ali';
    undo.push(registerConfirmation(code));
    const names = async (whose: User) => (await stepUpFields(whose)).map(({ name }) => name);
    expect(await names(user)).toEqual(['confirm_password']);
    expect(await names(ali)).toEqual(['confirm_password', 'confirm_word']);
    expect(await names(without)).toEqual(['confirm_password']);
  });

  it('are each enough for who has them, and worth nothing to who has not', async () => {
    const [user, ali] = [await makeUser(), await makeUser()];
    ali.firstName = 'Ali';
    undo.push(registerConfirmation(code));
    const say = async (whose: User, word: string) => {
      const request = await requestOf(whose, await signedIn(whose));
      const form = new FormData();
      form.set('confirm_word', word);
      return { request, refused: await confirmIdentity(request, form) };
    };
    expect((await say(ali, 'sesame')).refused).toBeNull();
    const { request, refused } = await say(ali, 'barley');
    expect(refused?.fieldErrors).toEqual({ confirm_word: ['No.'] });
    expect(await request.session.save(client)).toBeNull();
    expect((await say(user, 'sesame')).refused?.fieldErrors).toEqual({
      confirm_password: ['You signed in a while ago. Enter your own password to do this.'],
    });
  });

  it('send who has none to sign in again', async () => {
    const without = await makeUser({ password: null });
    const request = await requestOf(without, await signedIn(without));
    const refused = await confirm(request, PASSWORD);
    expect(refused?.fieldErrors['confirm_password']).toEqual([
      'You have no password here: sign in again to go on.',
    ]);
  });
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
  form.set('confirm_password', password);
  return overrideSettings(counting, () => confirmIdentity(request, form));
}
