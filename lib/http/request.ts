import { cookies, headers } from 'next/headers';
import { getUser } from '@/lib/auth/auth';
import { loadSession } from '@/lib/auth/load-session';
import type { RequestUser } from '@/lib/auth/models';
import { settings } from '@/lib/conf/settings';
import { isSecure } from '@/lib/core/request-headers';
import type { Message } from '@/lib/messages/constants';
import {
  openSession,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from '@/lib/sessions/cookie';
import { Session, type SessionClient } from '@/lib/sessions/session';
import { currentExchange } from './exchange';
import { keepMessages } from './messages';

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
  /** `scheme://host[:port]` of this site, as the browser sees it. */
  origin: string;
  /** Waiting for the next page; `lib/messages/api.ts` adds to it. */
  messages: Message[];
};

/**
 * Read the request that is being answered: one statement for session and user, none for a stranger
 * without a cookie. Whatever is wrong with the cookie, the answer is a stranger, never an error.
 */
export async function readRequest(): Promise<HttpRequest> {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  const secure = isSecure(head);
  const opened = await openSession(jar.get(sessionCookieName(cookieIsSecure(secure)))?.value);
  const stored = opened ? await loadSession(opened.seal) : null;
  const session = stored?.session ?? new Session();
  const exchange = currentExchange();
  return {
    user: await getUser(session, stored?.user ?? undefined),
    session,
    method: exchange?.request.method ?? 'GET',
    path: exchange ? withoutRsc(exchange.url) : '',
    headers: head,
    ipAddress: head.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: head.get('user-agent') ?? '',
    isSecure: secure,
    origin: settings.APP_ORIGIN ?? `${secure ? 'https' : 'http'}://${hostOf(head)}`,
    messages: [],
  };
}

/** Who is asking, for the session's row. */
function clientOf(request: HttpRequest): SessionClient {
  return { ipAddress: request.ipAddress, userAgent: request.userAgent };
}

/**
 * Write what an action changed: the session's row, its cookie, the waiting messages. Only in an
 * action or route handler, where cookies can be set.
 */
export async function commitRequest(request: HttpRequest): Promise<void> {
  const change = await request.session.save(clientOf(request));
  const secure = cookieIsSecure(request.isSecure);
  const name = sessionCookieName(secure);
  const jar = await cookies();
  if (change === 'delete') {
    jar.set(name, '', { path: '/', secure, httpOnly: true, maxAge: 0 });
  } else if (change) {
    jar.set(name, await sealSession(change), sessionCookieOptions(change, secure));
  }
  await keepMessages(request.messages);
}

function cookieIsSecure(secure: boolean): boolean {
  return settings.SESSION_COOKIE_SECURE ?? secure;
}

function hostOf(head: Pick<Headers, 'get'>): string {
  return head.get('x-forwarded-host') ?? head.get('host') ?? '';
}

function withoutRsc(url: string): string {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^_rsc(=|$)/.test(pair));
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path;
}
