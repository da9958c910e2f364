import { settings } from '@/lib/conf/settings';
import { getUser } from '@/lib/contrib/auth';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { processRemoteUser } from '@/lib/contrib/auth/remote-user/process-remote-user';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import type { Message } from '@/lib/contrib/messages/constants';
import {
  openSessions,
  type SessionSeal,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from '@/lib/contrib/sessions/cookie';
import type { SessionClient } from '@/lib/contrib/sessions/row';
import { Session } from '@/lib/contrib/sessions/session';
import { cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { getHost, isAllowedHost } from '@/lib/core/hosts';
import { isSecure } from '@/lib/core/request-headers';
import { keepMessages } from './messages';
import { currentSource } from './source/current-source';
// Registers the backends of the project.
import '@/lib/site/backends';
// Connects the security log to the signals.
import '@/lib/site/receivers';

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
  /** Waiting for the next page; `lib/contrib/messages/api.ts` adds to it. */
  messages: Message[];
};

/**
 * Read the request that is being answered: one statement for session and user, none for a stranger
 * without a cookie. Of several cookies of the name the first counts that has a session. Whatever is wrong with the cookie, the answer is a stranger, never an error.
 */
export async function readRequest(): Promise<HttpRequest> {
  const source = currentSource();
  const [head, jar] = await Promise.all([source.headers(), source.cookies()]);
  const secure = isSecure(head);
  const name = sessionCookieName(cookiesAreSecure(head));
  const stored = await firstSession([jar.get(name)?.value ?? '', ...readCookies(head, name)]);
  const session = stored?.session ?? new Session();
  const incoming = source.incoming();
  const request: HttpRequest = {
    user: await getUser(session, stored?.user ?? undefined),
    session,
    method: incoming?.method ?? 'GET',
    path: incoming ? withoutRsc(incoming.url) : '',
    headers: head,
    ipAddress: head.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: head.get('user-agent') ?? '',
    isSecure: secure,
    origin: settings.APP_ORIGIN ?? originOf(head, secure),
    messages: [],
  };
  await processRemoteUser(request, incoming?.remoteUser ?? null);
  return request;
}

// The jar comes first: it knows what an action has set, before the page behind it is rendered.
async function firstSession(cookies: readonly string[]) {
  for (const { seal } of await openSessions([...new Set(cookies)])) {
    const stored = await loadSession(seal);
    if (stored) return stored;
  }
  return null;
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
  const change = await request.session.save(clientOf(request));
  const cookie = await sessionCookie(change, request.isSecure);
  if (cookie) (await currentSource().cookies()).set(cookie.name, cookie.value, cookie.options);
  await keepMessages(request.messages);
}

/** The cookie that tells the browser what `Session.save` changed; null when it may stay as it is. */
export async function sessionCookie(change: SessionSeal | 'delete' | null, isSecure: boolean) {
  if (change === null) return null;
  const secure = cookieIsSecure(isSecure);
  const name = sessionCookieName(secure);
  if (change === 'delete') {
    return { name, value: '', options: { path: '/', secure, httpOnly: true, maxAge: 0 } };
  }
  return { name, value: await sealSession(change), options: sessionCookieOptions(change, secure) };
}

function cookieIsSecure(secure: boolean): boolean {
  return settings.SESSION_COOKIE_SECURE ?? secure;
}

function originOf(head: Pick<Headers, 'get'>, secure: boolean): string {
  const host = getHost(head);
  if (host === null || !isAllowedHost(host)) return '';
  return `${secure ? 'https' : 'http'}://${host}`;
}

function withoutRsc(url: string): string {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^_rsc(=|$)/.test(pair));
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path;
}
