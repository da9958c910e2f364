import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { addPasskeyAction } from '@/app/(mfa)/accounts/2fa/webauthn/actions';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState, type FormState } from '@/lib/forms/forms';
import { CHEAP } from '@/tests/boundary/browser';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { formOf } from '@/tests/support/admin/object-forms';
import { passkeyBrowser } from './passkey-browser';
import { SoftwareAuthenticator } from './software-authenticator';

export const PASSWORD = 'correct horse';

export type PasskeyBrowser = ReturnType<typeof passkeyBrowser>;
type FormAction = (state: FormState, form: FormData) => Promise<unknown>;

let made = 0;

/** A new user with PASSWORD and an address. */
export function makeOwner(): Promise<User> {
  made += 1;
  const username = `owner${made}`;
  const email = `${username}@example.org`;
  return overrideSettings(CHEAP, () => users.createUser({ username, email, password: PASSWORD }));
}

/** Send a form to an action; `state` is what it says against it. */
export async function post(
  mine: PasskeyBrowser,
  action: FormAction,
  fields: Record<string, string>,
) {
  const { location, value, status, cookies } = await mine.send(() =>
    action(emptyFormState, formOf(fields)),
  );
  return { location, status, cookies, state: value as FormState | undefined };
}

/** A browser in which somebody has given their password, and where that has led. */
export async function withPassword({ username }: { username: string }) {
  const mine = passkeyBrowser();
  const sent = { username, password: PASSWORD, next: '', remember_me: 'on' };
  const { location } = await post(mine, loginAction, sent);
  return { mine, location };
}

/** Whom a guard sees in this browser. */
export async function whoIs({ cookies }: PasskeyBrowser): Promise<string> {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

/** Add a passkey as the page does: options, the authenticator's answer, the form. */
export async function addPasskeyIn(
  mine: PasskeyBrowser,
  authenticator = new SoftwareAuthenticator(),
  name = 'Phone',
) {
  const { challenge, user } = (await mine.optionsFor('create')).options;
  const answer = authenticator.attestation({ challenge, userHandle: user?.id ?? '' });
  const credential = JSON.stringify(answer);
  const sent = await post(mine, addPasskeyAction, { name, credential });
  return { ...sent, credential, authenticator };
}

/** The rows of somebody's passkeys, the oldest first. */
export function keysOf({ id: userId }: { id: number }) {
  return db.passkey.findMany({ where: { userId }, orderBy: { id: 'asc' } });
}
