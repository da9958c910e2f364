import { settings } from '@/lib/conf/settings';
import type { LoginAttempt } from '@/lib/contrib/auth';
import { identify } from '@/lib/contrib/auth/authenticators/authenticator';
import type { EntryPoint } from '@/lib/contrib/auth/authenticators/identity';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import { processRemoteUser } from '@/lib/contrib/auth/remote-user/process-remote-user';
import type { Message } from '@/lib/contrib/messages/constants';
import {
  endedCookieOptions,
  endedFormToken,
  type SessionSeal,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from '@/lib/contrib/sessions/cookie';
import type { SessionClient } from '@/lib/contrib/sessions/row';
import type { Session } from '@/lib/contrib/sessions/session';
import { originOf } from '@/lib/core/hosts';
import { isSecure } from '@/lib/core/request-headers';
import { keepMessages } from './messages';
import { currentSource } from './source/current-source';

/**
 * A request as a view sees it. Behind a guard that lets only signed-in people pass, `user` is one.
 * Django: django/http/request.py HttpRequest
 */
export type HttpRequest<U extends RequestUser = RequestUser> = {
  user: U;
  session: Session;
  method: string;
  /** Path and query of the page, the value for `next=`. */
  path: string;
  headers: Pick<Headers, 'get'>;
  /** The client's address, as far as TRUSTED_PROXY_HOPS lets it be known. */
  ipAddress: string;
  userAgent: string;
  isSecure: boolean;
  /** `scheme://host[:port]` of this site, as the browser sees it; '' under a host not allowed. */
  origin: string;
  /**
   * True when who is asking was told by something that no browser sends by itself: nothing of it can
   * be forged, and no cookie is set.
   */
  isWithoutCookies?: boolean;
  /** The first characters of the token that the request was made with; the log keeps them. */
  token?: string;
  /** Why somebody asks for what they do, as they said; the history and the log keep it. */
  reason?: string;
  /** The try to sign in that this request makes, where one is counted. */
  attempt?: LoginAttempt | null;
  /** Whom the name that was typed leads to, where it has been looked up already: no proof of anything. */
  candidate?: { readonly name: string; readonly user: User | null } | null;
  /** Waiting for the next page; `lib/contrib/messages/api.ts` adds to it. */
  messages: Message[];
};

/**
 * Read the request that is being answered: who asks, the authenticators say; with a session cookie
 * that is one statement, and none for a stranger. What proves it may depend on what is asked for, a
 * page where nothing is told. Throws what an authenticator throws.
 */
export async function readRequest(entryPoint: EntryPoint = 'page'): Promise<HttpRequest> {
  const source = currentSource();
  const [head, jar] = await Promise.all([source.headers(), source.cookies()]);
  const secure = isSecure(head);
  const identity = await identify({ entryPoint, headers: head, cookies: jar });
  const { user, session, usesCookies, token } = identity;
  const incoming = source.incoming();
  const request: HttpRequest = {
    user,
    session,
    method: incoming?.method ?? 'GET',
    path: incoming ? withoutRsc(incoming.url) : '',
    headers: head,
    ipAddress: head.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: head.get('user-agent') ?? '',
    isSecure: secure,
    origin: settings.APP_ORIGIN ?? originOf(head),
    messages: [],
    ...(!usesCookies && { isWithoutCookies: true }),
    ...(token !== undefined && { token }),
  };
  const notes = source.notes();
  if (notes && user.isAuthenticated) notes.userId = user.id;
  if (usesCookies) await processRemoteUser(request, incoming?.remoteUser ?? null);
  return request;
}

/** Who is asking, for the session's row. */
export function clientOf(request: HttpRequest): SessionClient {
  return { ipAddress: request.ipAddress, userAgent: request.userAgent };
}

/**
 * Write what an action changed: the session's row, its cookie, the waiting messages. Only in an
 * action or route handler, where cookies can be set.
 */
export async function commitRequest(request: HttpRequest): Promise<void> {
  if (request.isWithoutCookies) return;
  await request.session.write(clientOf(request));
  await tellSession(request);
  await keepMessages(request.messages);
}

/** Set the cookie of what has been written of the session. Only in an action or route handler. */
export async function tellSession({ session, isSecure }: HttpRequest): Promise<void> {
  const news = session.news();
  const cookie = await sessionCookie(news, isSecure);
  if (!cookie) return;
  const jar = await currentSource().cookies();
  jar.set(cookie.name, cookie.value, cookie.options);
  const token = news === 'delete' ? null : endedFormToken(cookieIsSecure(isSecure));
  if (token && jar.get(token.name)) jar.set(token.name, '', token.options);
}

/** The cookie that tells the browser what `Session.save` changed; null when it may stay as it is. */
export async function sessionCookie(change: SessionSeal | 'delete' | null, isSecure: boolean) {
  if (change === null) return null;
  const secure = cookieIsSecure(isSecure);
  const name = sessionCookieName(secure);
  if (change === 'delete') {
    return { name, value: '', options: endedCookieOptions(secure) };
  }
  return { name, value: await sealSession(change), options: sessionCookieOptions(change, secure) };
}

function cookieIsSecure(secure: boolean): boolean {
  return settings.SESSION_COOKIE_SECURE ?? secure;
}

function withoutRsc(url: string): string {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^_rsc(=|$)/.test(pair));
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path;
}
