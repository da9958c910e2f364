import type { User } from '@/lib/contrib/auth/models';
import { cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { serializeCookie } from '@/lib/core/request-headers';
import type { SealedCookie } from '@/lib/core/sealed-cookie';
import { pageAnswer } from '@/lib/http/page-answer';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/** Seconds that something waits in a browser until its owner has confirmed it. */
export const ENROLMENT_AGE = 900;

/** Where these cookies go. */
export const ENROLMENT_PATH = '/accounts/2fa/';

/** What is kept for somebody until they have confirmed it. */
export type Unconfirmed = { readonly user: number };

/**
 * What this browser holds for this person, or was given by the action that the page stands behind; null
 * when there is nothing, or it is too old.
 */
export async function openUnconfirmed<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  { headers }: Pick<HttpRequest, 'headers'>,
  user: User,
): Promise<T | null> {
  const values = readCookies(headers, cookie.name(cookiesAreSecure(headers)));
  const held = await cookie.open(values, (content) => content.user === user.id);
  if (held) return held;
  const given = answerOf(cookie).take();
  return given?.user === user.id ? given : null;
}

/**
 * Let the browser hold it, while a page is rendered, where Next.js sets no cookie: it goes straight
 * onto Node's response, as the session of a proxy's user does. Behind an action's redirect Next.js
 * asks itself for the page, and passes no cookie of that answer on: `keepInAction` comes before it.
 */
export async function keepUnconfirmed<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  { headers }: Pick<HttpRequest, 'headers'>,
  content: T,
): Promise<void> {
  const secure = cookiesAreSecure(headers);
  const value = await cookie.seal(content);
  const line = serializeCookie(cookie.name(secure), value, cookie.options(content, secure));
  currentSource().appendHeader('Set-Cookie', line);
}

/** The same for an action that leads to the page which shows it. */
export async function keepInAction<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  { headers }: Pick<HttpRequest, 'headers'>,
  content: T,
): Promise<void> {
  const secure = cookiesAreSecure(headers);
  const value = await cookie.seal(content);
  (await currentSource().cookies()).set(
    cookie.name(secure),
    value,
    cookie.options(content, secure),
  );
}

/** The same for an action whose own page shows it, drawn anew in the same response. */
export async function keepAndRedraw<T extends Unconfirmed>(
  cookie: SealedCookie<T>,
  request: Pick<HttpRequest, 'headers'>,
  content: T,
): Promise<void> {
  await keepInAction(cookie, request, content);
  answerOf(cookie).give(content);
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

// The page is drawn with the cookies that its request came with.
function answerOf<T extends Unconfirmed>(cookie: SealedCookie<T>) {
  return pageAnswer<T>(cookie.name(false));
}
