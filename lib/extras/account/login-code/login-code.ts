import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import type { DbClient, TransactionClient } from '@/lib/db/client';
import { addressesOf, mailboxOf, ownersOf } from '@/lib/extras/account/emails/addresses';
import type { CodeKind } from '@/lib/extras/account/links/mailed-code';
import { mailedToken } from '@/lib/extras/account/links/mailed-token';
import { loginCodeMail } from '@/lib/extras/account/mails/code-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';
import { signInBackend } from '@/lib/extras/account/sign-in-backend';

/** How a code to sign in is kept. */
export const LOGIN_CODE: CodeKind = {
  name: '_login_code',
  age: () => settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
  tries: () => settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
};

/** The link of the mail: it carries the code, which only the browser that asked can use. */
export const loginCodeToken = mailedToken('login-code', z.string(), LOGIN_CODE.age);

/**
 * Who signs in by a code to this address, and by which backend: the one person whose address it is, if
 * they may sign in. Null for nobody, and for several, since it would not say who.
 * allauth: account/utils.py filter_users_by_email
 */
export async function userOfCode(email: string): Promise<{ user: User; backend: string } | null> {
  const user = await onlyOwnerOf(email);
  const backend = user ? await signInBackend(user) : null;
  return user && backend !== null ? { user, backend } : null;
}

/** Whether a code can be mailed to somebody that lets them in, to any address of theirs. */
export async function codeWaysIn(
  tx: TransactionClient,
  user: Pick<User, 'id' | 'email'>,
): Promise<number> {
  if (!settings.ACCOUNT_LOGIN_BY_CODE_ENABLED) return 0;
  for (const { email, primary, verified } of await addressesOf(user, tx)) {
    if ((primary || verified) && (await onlyOwnerOf(email, tx))?.id === user.id) return 1;
  }
  return 0;
}

/**
 * Mail a code to whoever has this address; nothing to anybody else. For the time after the answer, from
 * which nobody can tell which.
 */
export async function sendLoginCode(email: string, code: string, origin: string): Promise<void> {
  const found = await userOfCode(email);
  if (!found) return;
  const link = `${origin}/accounts/login/code/${loginCodeToken.make(code)}/`;
  const { username } = found.user;
  const to = mailboxOf(found.user, email);
  await sendLetter(to, loginCodeMail({ username, code, link, age: LOGIN_CODE.age() }));
}

async function onlyOwnerOf(email: string, client?: DbClient): Promise<User | null> {
  const [user, ...others] = await ownersOf(email, client);
  return user && others.length === 0 ? user : null;
}
