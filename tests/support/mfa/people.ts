import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { authenticateAction } from '@/app/(mfa)/accounts/2fa/authenticate/actions';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { fromBase32 } from '@/lib/extras/mfa/base32';
import { sealSecret } from '@/lib/extras/mfa/factors/totp-secrets';
import { newRecoveryCodes, recoveryCodeHash } from '@/lib/extras/mfa/recovery-codes';
import { hotp, newTotpSecret, totpStep } from '@/lib/extras/mfa/totp';
import { emptyFormState, type FormState, isFormState } from '@/lib/forms/forms';
import { Browser } from '@/tests/integration/contrib/auth/one-way-in/browser';
import { counting, makeUser, PASSWORD } from '@/tests/support/auth/sign-in';
import type { Answer } from '@/tests/support/plain-source';

type Person = { user: User; secret: string };

/** A new user with PASSWORD and an authenticator app, of which no code has been used. */
export async function makePersonWithTotp(): Promise<Person> {
  const user = await makeUser();
  return { user, secret: await addTotp(user) };
}

/** Give somebody an authenticator app. Returns its secret. */
export async function addTotp({ id: userId }: Pick<User, 'id'>): Promise<string> {
  const secret = newTotpSecret();
  const data = { userId, secret: sealSecret(userId, secret), created: new Date() };
  await db.totp.create({ data });
  return secret;
}

/** Give somebody recovery codes. */
export async function addCodes({ id: userId }: Pick<User, 'id'>, count = 3): Promise<string[]> {
  const codes = newRecoveryCodes(count);
  const created = new Date();
  await db.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: recoveryCodeHash(code) ?? '', created })),
  });
  return codes;
}

/** The code that an app shows, so many steps from now. */
export function codeOf(secret: string, steps = 0): string {
  const key = fromBase32(secret) ?? new Uint8Array();
  return hotp(key, totpStep(new Date(), 30) + steps);
}

/** A code that is none of those near now. */
export function wrongCode(secret: string): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return ['111111', '222222', '333333', '444444', '555555', '666666'].find(
    (code) => !near.includes(code),
  ) as string;
}

/** A browser that keeps also what a page has put onto the answer by itself. */
export class MfaBrowser extends Browser {
  override async call(entry: () => Promise<unknown>, method = 'POST'): Promise<Answer> {
    const answer = await super.call(entry, method);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (!answer.cookies.has(name)) this.setCookie(name, value);
    }
    return answer;
  }

  setCookie(name: string, value: string): void {
    const others = this.cookie.split('; ').filter((pair) => !pair.startsWith(`${name}=`));
    this.cookie = [...others.filter(Boolean), `${name}=${value}`].join('; ');
  }

  /** The value of a cookie. */
  cookieOf(name: string): string | null {
    const pair = this.cookie.split('; ').find((each) => each.startsWith(`${name}=`));
    return pair?.slice(name.length + 1) ?? null;
  }

  /** Send a form that keeps a state; gives what the action says against it, or null. */
  async form(
    action: (state: FormState, form: FormData) => Promise<unknown>,
    values: Record<string, string>,
  ): Promise<Answer & { state: FormState | null }> {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    const answer = await this.call(() => action(emptyFormState, form));
    return { ...answer, state: isFormState(answer.value) ? answer.value : null };
  }

  /** Give the password. */
  password(user: User, more: Record<string, string> = {}, password = PASSWORD): Promise<Answer> {
    const values = { username: user.username, password, next: '', ...more };
    return overrideSettings(counting, () =>
      this.form((state, form) => loginAction(state, form), values),
    );
  }

  /** Give the second factor. */
  code(code: string, more: Record<string, string> = {}) {
    return this.form((state, form) => authenticateAction(state, form), { code, ...more });
  }

  /** Ask for a page. */
  page<P extends Record<string, string>>(
    page: (props: {
      params: Promise<P>;
      searchParams: Promise<Record<string, string>>;
    }) => Promise<unknown>,
    params = {} as P,
  ): Promise<Answer> {
    const props = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
    return this.call(() => page(props), 'GET');
  }
}

/** A browser of somebody who has signed in with password and code. */
export async function signedInWithCode({ user, secret }: Person): Promise<MfaBrowser> {
  const browser = new MfaBrowser();
  await browser.password(user);
  await browser.code(codeOf(secret));
  return browser;
}

/** What a page hands to one of its components under this name, wherever in it that stands. */
export function propOf(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return node.map((each) => propOf(each, name)).find(isGiven);
  if (typeof node !== 'object' || node === null || !('props' in node)) return undefined;
  const { props } = node as { props: Record<string, unknown> };
  if (isGiven(props[name])) return props[name];
  return Object.values(props)
    .map((each) => propOf(each, name))
    .find(isGiven);
}

const isGiven = (value: unknown) => value !== undefined;
