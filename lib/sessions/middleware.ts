import { settings } from '@/lib/conf/settings';
import type { Middleware } from '@/lib/core/middleware/compose';
import { isDocumentGet, isSecure, readCookie, serializeCookie } from '@/lib/core/request-headers';
import {
  type OpenedSeal,
  openSession,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from './cookie';

const opened = new WeakMap<Request, OpenedSeal | null>();

/**
 * What SessionMiddleware found in the request's cookie: an unexpired seal of ours, or null.
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
  const secure = settings.SESSION_COOKIE_SECURE ?? isSecure(request.headers);
  const name = sessionCookieName(secure);
  const found = await openSession(readCookie(request.headers, name));
  opened.set(request, found);
  const response = await next(request);
  if (found && !found.isCurrent && isDocumentGet(request) && response.status < 300) {
    const value = await sealSession(found.seal);
    const cookie = serializeCookie(name, value, sessionCookieOptions(found.seal, secure));
    response.headers.append('set-cookie', cookie);
  }
  return response;
};
