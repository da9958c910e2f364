import { acquireAction } from '@/app/(hijack)/hijack/actions';
import { overrideSettings } from '@/lib/conf/settings';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { emptyFormState } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { grant, reload } from '@/tests/support/auth/grants';
import { counting, PASSWORD } from '@/tests/support/auth/sign-in';
import { browserOf } from '@/tests/support/server-call';
import { Browser } from '../../contrib/auth/one-way-in/browser';

const { loginRequired } = guardsOf(null);

/** Somebody who holds these permissions. */
export async function person(username: string, ...perms: string[]): Promise<User> {
  const user = await overrideSettings(counting, () =>
    users.createUser({ username, password: PASSWORD, email: `${username}@example.org` }),
  );
  for (const perm of perms) await grant(user, perm);
  return reload(user);
}

let made = 0;

/** Sam, who may act as Bob, and a browser in which Sam has signed in. `made` tells the pairs apart. */
export async function makePair() {
  made += 1;
  const sam = await person(`sam${made}`, 'hijack.add_impersonation', 'articles.view_article');
  const bob = await person(`bob${made}`, 'articles.view_article');
  const browser = new Browser();
  browser.cookie = await browserOf(sam);
  return { made, sam, bob, browser };
}

/** Send the form by which somebody begins to act. */
export function acquireIn(
  browser: Browser,
  target: { id: number },
  fields: Record<string, string> = {},
) {
  const form = { user_pk: String(target.id), reason: 'Ticket 4711', next: '', ...fields };
  return overrideSettings(counting, () =>
    browser.post((data) => acquireAction(emptyFormState, data), form),
  );
}

/** Let a view run in a browser's session. */
export async function insideOf<T>(
  browser: Browser,
  work: (request: HttpRequest<User>) => Promise<T>,
): Promise<T | undefined> {
  let result: T | undefined;
  const action = loginRequired.action(async (request) => {
    result = await work(request);
  });
  await browser.post((form) => action(form));
  return result;
}

/** Whom a guard sees, and who acts as them; null for a stranger. */
export async function seenIn(
  browser: Browser,
): Promise<{ user: string; by: string | null } | null> {
  const look = async ({ user }: HttpRequest<User>) => ({
    user: user.username,
    by: user.impersonator?.username ?? null,
  });
  return (await insideOf(browser, look)) ?? null;
}
