import { redirect } from 'next/navigation';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { success } from '@/lib/contrib/messages/api';
import type { LinkCookie } from '@/lib/extras/account/links/link-cookies';
import type { NewAccount } from '@/lib/extras/account/new-account/make-account';
import { NewAccountForm } from '@/lib/extras/account/new-account/new-account-form';
import { signInBackend } from '@/lib/extras/account/sign-in-backend';
import { type FormState, parseFormAsync, refusedForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

/** A way to an account by a mailed link: whose address its token proves, and how it is made. */
type Opening = {
  link: LinkCookie;
  /** What to say of a token that is worth nothing. */
  unusable: string;
  addressOf(token: string): Promise<string | null>;
  make(token: string, chosen: Pick<NewAccount, 'username' | 'password'>): Promise<User | null>;
};

/**
 * Make the account of whoever has opened a link and chosen name and password, and let them in. Gives what
 * is wrong with the form; leads on if nothing is. For actions.
 */
export async function openAccount(
  request: HttpRequest,
  form: FormData,
  { link, unusable, addressOf, make }: Opening,
): Promise<FormState> {
  const token = await openedToken(request, link);
  const email = await addressOf(token);
  if (email === null) return refusedForm(form, unusable);
  const parsed = await parseFormAsync(NewAccountForm(email), form);
  if (!parsed.ok) return parsed.state;
  const { username, password1: password } = parsed.data;
  const made = await saveForm(form, () => make(token, { username, password }));
  if (!made.ok) return made.state;
  if (!made.data) return refusedForm(form, unusable);
  await dropToken(request, link);
  redirect(await enter(request, made.data));
}

// As after any first factor: they read the mail to the address. The sign-in page where no backend would
// keep them signed in.
async function enter(request: HttpRequest, user: User): Promise<string> {
  success(request, `Welcome, ${user.username}. Your account is made.`);
  const backend = await signInBackend(user);
  if (backend === null) return settings.LOGIN_URL;
  return completeLogin(request, user, { method: 'code', backend, next: null });
}
