import { settings } from '@/lib/conf/settings';
import { csrfFailure } from '@/lib/core/csrf';
import { getHost } from '@/lib/core/hosts';
import { isSecure, readCookie } from '@/lib/core/request-headers';
import type { Middleware } from './compose';
import { refusal } from './refusal';

/**
 * Refuse a form that another site sent, before Next.js sees it: each guard checks the same again.
 * Django: middleware/csrf.py CsrfViewMiddleware
 */
export const CsrfViewMiddleware: Middleware = async (request, next) => {
  const scheme = isSecure(request.headers) ? 'https' : 'http';
  const origin = settings.APP_ORIGIN ?? `${scheme}://${getHost(request.headers)}`;
  const name = settings.SESSION_COOKIE_NAME;
  const hasSession = [name, `__Host-${name}`].some((cookie) => readCookie(request.headers, cookie));
  const failure = csrfFailure(request, origin, hasSession);
  return failure ? refusal(403, 'This form was not sent from here', failure) : next(request);
};
