import { settings } from '@/lib/conf/settings';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { isDocumentGet, serializeCookie } from '@/lib/core/request-headers';
import type { Middleware } from '@/lib/middleware/compose';
import { verifyMessages } from './signing';
import { MESSAGES_HEADER } from './storage';

/**
 * Hand waiting messages to the page that a browser loads as a document, and expire their cookie
 * with it, unless an inner layer answers by itself. What we did not sign stays where it is: it may wait
 * for a Django on the same host. On soft navigations the page's own island takes
 * them, so nothing else may consume them.
 * Django: contrib/messages/middleware.py MessageMiddleware
 */
export const MessageMiddleware: Middleware = async (request, next) => {
  request.headers.delete(MESSAGES_HEADER);
  if (!isDocumentGet(request)) return next(request);
  const secure = cookiesAreSecure(request.headers);
  const name = cookieName(settings.MESSAGE_COOKIE_NAME, secure);
  const waiting = await verifyMessages(readCookies(request.headers, name));
  if (waiting === null) return next(request);
  request.headers.set(MESSAGES_HEADER, waiting);
  const response = await next(request);
  if (response.status >= 300) return response;
  response.headers.append(
    'set-cookie',
    serializeCookie(name, '', { path: '/', secure, maxAge: 0 }),
  );
  return response;
};
