import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';
import { mailboxOf, ownersOf } from '@/lib/extras/account/emails/addresses';
import type { CodeKind } from '@/lib/extras/account/links/mailed-code';
import { mailedToken } from '@/lib/extras/account/links/mailed-token';
import { sendLetter } from '@/lib/extras/account/mails/send';
import { knownAccountMail, signupMail } from '@/lib/extras/account/mails/signup-mails';
import { makeAccount, type NewAccount } from '@/lib/extras/account/new-account/make-account';

/** Seconds that the link is good for. */
const LINK_AGE = 60 * 60;

/** How the code is kept: ten minutes, as ASVS 6.5.5 has it at most. */
export const SIGNUP_CODE: CodeKind = { name: '_signup_code', age: () => 600, tries: () => 3 };

/** The proof that somebody reads the mail to an address: the mailed link's, and the code's in its place. */
export const signupToken = mailedToken('signup', z.object({ email: z.string() }), () => LINK_AGE);

/** Whether an address may register here, by its domain. */
function mayRegister(email: string): boolean {
  const domains = settings.ACCOUNT_SIGNUP_DOMAINS;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.length === 0 || domains.includes(domain);
}

/**
 * Mail to an address that wants to register: code and link to a new one, the way in to one that has an
 * account, nothing to one that may not. For the time after the answer, from which nobody can tell which.
 * allauth: account/internal/flows/signup.py prevent_enumeration
 */
export async function sendSignupMail(email: string, code: string, origin: string): Promise<void> {
  const owners = await ownersOf(email);
  const [owner] = owners;
  if (owner) {
    const mayReset = owners.some((user) => user.isActive && user.hasUsablePassword());
    return sendLetter(mailboxOf(owner, email), knownAccountMail(origin, mayReset));
  }
  if (!mayRegister(email)) return;
  const link = `${origin}/accounts/signup/${signupToken.make({ email })}/`;
  const ages = { codeAge: SIGNUP_CODE.age(), linkAge: LINK_AGE };
  await sendLetter(email, signupMail({ code, link }, ages));
}

/** The address that an opened link proves; null when it is too old or damaged, or may not register. */
export function addressOfSignup(token: string): string | null {
  const email = signupToken.read(token)?.email;
  return email !== undefined && mayRegister(email) ? email : null;
}

/**
 * Make the account of an address that is proven by `token`, which is then used up. Null when it is worth
 * nothing any more, or somebody has an account with the address by now. Throws as `makeAccount`.
 */
export async function signUp(
  request: SecurityRequest,
  token: string,
  { username, password }: Pick<NewAccount, 'username' | 'password'>,
): Promise<User | null> {
  const email = addressOfSignup(token);
  if (email === null) return null;
  const expires = new Date(Date.now() + LINK_AGE * 1000);
  return makeAccount(
    request,
    { username, email, password, by: 'signup' },
    { begin: async (tx) => ((await takeOnce('signup', token, expires, tx)) ? true : null) },
  );
}
