import { settings } from '@/lib/conf/settings';
import type { Middleware } from '@/lib/core/middleware/compose';
import { isDocumentGet, readCookie, serializeCookie } from '@/lib/core/request-headers';
import { MESSAGES_HEADER } from './storage';

/**
 * Hand waiting messages to the page that a browser loads as a document, and expire their cookie
 * with it, unless an inner layer answers by itself. On soft navigations the page's own island takes
 * them, so nothing else may consume them.
 * Django: contrib/messages/middleware.py MessageMiddleware
 */
export const MessageMiddleware: Middleware = async (request, next) => {
  const name = settings.MESSAGE_COOKIE_NAME;
  const waiting = readCookie(request.headers, name);
  request.headers.delete(MESSAGES_HEADER);
  if (!waiting || !isDocumentGet(request)) return next(request);
  request.headers.set(MESSAGES_HEADER, waiting);
  const response = await next(request);
  if (response.status >= 300) return response;
  response.headers.append('set-cookie', serializeCookie(name, '', { path: '/', maxAge: 0 }));
  return response;
};
