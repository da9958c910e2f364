import { readCookies } from '@/lib/core/cookies';
import type { LinkCookie } from '@/lib/extras/account/links/link-cookies';
import { isTokenShaped } from '@/lib/extras/account/links/mailed-token';
import { redirectResponse } from '@/lib/http/redirect';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * Answer an opened link: its token leaves the address bar for a cookie, good or not, and the page judges
 * it. Nothing is used up: whoever looks at every link of a mail, a scanner, changes nothing.
 */
export async function openLink(
  request: HttpRequest,
  link: LinkCookie,
  token: string,
): Promise<Response> {
  if (isTokenShaped(token)) await keepToken(request, link, token);
  return redirectResponse(link.page);
}

/** Keep a token for the page that its cookie is bound to. */
export async function keepToken(
  { isSecure }: HttpRequest,
  { cookie }: LinkCookie,
  token: string,
): Promise<void> {
  const content = { token };
  const sealed = await cookie.seal(content);
  const jar = await currentSource().cookies();
  jar.set(cookie.name(isSecure), sealed, cookie.options(content, isSecure));
}

/** The token of the link that this browser has opened; '' for none. */
export async function openedToken(
  { isSecure, headers }: HttpRequest,
  { cookie }: LinkCookie,
): Promise<string> {
  const opened = await cookie.open(readCookies(headers, cookie.name(isSecure)));
  return opened?.token ?? '';
}

/** Forget an opened link. */
export async function dropToken({ isSecure }: HttpRequest, { cookie }: LinkCookie): Promise<void> {
  const options = { ...cookie.options({ token: '' }, isSecure), maxAge: 0 };
  (await currentSource().cookies()).set(cookie.name(isSecure), '', options);
}
