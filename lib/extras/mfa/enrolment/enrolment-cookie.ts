import type { User } from '@/lib/contrib/auth/models';
import { cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { serializeCookie } from '@/lib/core/request-headers';
import type { SealedCookie } from '@/lib/core/sealed-cookie';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/** Seconds that something waits in a browser until its owner has confirmed it. */
export const ENROLMENT_AGE = 900;

const ASKED_ITSELF = 'fresh=1';

/** Where these cookies go. */
export const ENROLMENT_PATH = '/accounts/2fa/';

/** What is kept for somebody until they have confirmed it. */
export type Unconfirmed = { readonly user: number };

/** What this browser holds for this person; null when there is nothing, or it is too old. */
export function openUnconfirmed<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  { headers }: Pick<HttpRequest, 'headers'>,
  user: User,
): Promise<T | null> {
  const values = readCookies(headers, cookie.name(cookiesAreSecure(headers)));
  return cookie.open(values, (content) => content.user === user.id);
}

/**
 * Let the browser hold it, while a page is rendered, where Next.js sets no cookie: it goes straight
 * onto Node's response, as the session of a proxy's user does. The page behind an action's redirect
 * Next.js asks itself for, and passes no cookie of that answer on: there the browser is led to ask.
 */
export async function keepUnconfirmed<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  { headers, path }: Pick<HttpRequest, 'headers' | 'path'>,
  content: T,
): Promise<void> {
  if (isAskedByNext() && !path.includes(ASKED_ITSELF)) {
    currentSource().redirect(`${path}${path.includes('?') ? '&' : '?'}${ASKED_ITSELF}`);
  }
  const secure = cookiesAreSecure(headers);
  const value = await cookie.seal(content);
  const line = serializeCookie(cookie.name(secure), value, cookie.options(content, secure));
  currentSource().appendHeader('Set-Cookie', line);
}

// A browser that asks for a page names no origin; what is copied from the request of an action does.
function isAskedByNext(): boolean {
  const incoming = currentSource().incoming();
  return (
    incoming?.method === 'GET' &&
    incoming.header('rsc') !== undefined &&
    incoming.header('origin') !== undefined
  );
}

/** Take it back. For actions. */
export async function dropUnconfirmed<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  { headers }: Pick<HttpRequest, 'headers'>,
  content: T,
): Promise<void> {
  const secure = cookiesAreSecure(headers);
  const options = { ...cookie.options(content, secure), maxAge: 0 };
  (await currentSource().cookies()).set(cookie.name(secure), '', options);
}
