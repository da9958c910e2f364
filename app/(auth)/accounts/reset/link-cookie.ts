import type { User } from '@/lib/contrib/auth/models';
import { findUserOfLink } from '@/lib/contrib/auth/passwords/password-reset';
import {
  type ResetLink,
  resetCookie,
  setPasswordPath,
} from '@/lib/contrib/auth/passwords/reset-cookie';
import { readCookies } from '@/lib/core/cookies';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/** Keep an opened link for the page that its cookie is bound to. */
export async function keepLink({ isSecure }: HttpRequest, link: ResetLink): Promise<void> {
  const options = resetCookie.options(link, isSecure);
  (await currentSource().cookies()).set(
    resetCookie.name(isSecure),
    await resetCookie.seal(link),
    options,
  );
}

/**
 * The link that this browser has opened, if it may still be used, and whose it is. A cookie that
 * somebody tossed here for another path than the request's opens nothing, for page and form alike.
 */
export async function openedLink({
  isSecure,
  headers,
  path,
}: HttpRequest): Promise<{ link: ResetLink; user: User } | null> {
  const cookies = readCookies(headers, resetCookie.name(isSecure));
  const link = await resetCookie.open(cookies, (opened) => isItsPage(path, opened));
  const user = link && (await findUserOfLink(link));
  return user && { link, user };
}

// Where no request hook tells the path, the page has its parameters and the browser the cookie's path.
function isItsPage(path: string, { uidb64 }: ResetLink): boolean {
  return path === '' || (path.split('?', 1)[0] ?? '').endsWith(setPasswordPath(uidb64));
}

/** Forget an opened link. */
export async function dropLink({ isSecure }: HttpRequest, link: ResetLink): Promise<void> {
  const options = { ...resetCookie.options(link, isSecure), maxAge: 0 };
  (await currentSource().cookies()).set(resetCookie.name(isSecure), '', options);
}
