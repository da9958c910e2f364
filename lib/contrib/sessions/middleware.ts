import { cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { isDocumentGet, serializeCookie } from '@/lib/core/request-headers';
import type { Middleware } from '@/lib/middleware/compose';
import {
  type OpenedSeal,
  openSessions,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from './cookie';

const opened = new WeakMap<Request, OpenedSeal | null>();

/**
 * What SessionMiddleware found in the request's cookies: an unexpired seal of ours, or null; of several
 * one of a signed-in person.
 * Undefined when the middleware has not run. The seal is a hint; only the row proves a session.
 */
export function sealOf(request: Request): OpenedSeal | null | undefined {
  return opened.get(request);
}

/**
 * Open the session cookie. A cookie that a retired secret sealed is sealed again with the current
 * one, on document requests only, so that a secret can be rotated and then dropped.
 * Django: contrib/sessions/middleware.py SessionMiddleware
 */
export const SessionMiddleware: Middleware = async (request, next) => {
  const secure = cookiesAreSecure(request.headers);
  const name = sessionCookieName(secure);
  const all = await openSessions(readCookies(request.headers, name));
  const [found = null, ...others] = all;
  // The guard takes the first that has a session: whoever it would admit must get as far as there.
  opened.set(request, all.find(({ seal }) => seal.userId !== null) ?? found);
  const response = await next(request);
  if (others.length > 0) return response;
  if (found && !found.isCurrent && isDocumentGet(request) && response.status < 300) {
    const value = await sealSession(found.seal);
    const cookie = serializeCookie(name, value, sessionCookieOptions(found.seal, secure));
    response.headers.append('set-cookie', cookie);
  }
  return response;
};
