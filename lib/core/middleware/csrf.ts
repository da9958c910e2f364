import { settings } from '@/lib/conf/settings';
import { readCookies } from '@/lib/core/cookies';
import { CSRF_FAILURE_HEADER, csrfFailure } from '@/lib/core/csrf';
import { getHost } from '@/lib/core/hosts';
import { isSecure } from '@/lib/core/request-headers';
import type { Middleware } from './compose';

/**
 * Recognize a form that another site sent, and hand it to the guard with the reason: the guard
 * refuses it with a whole page and writes the security log, for which the Edge has no database. Its
 * Origin goes, since Next.js would answer a foreign one with a bare 500 before any guard runs.
 * Django: middleware/csrf.py CsrfViewMiddleware
 */
export const CsrfViewMiddleware: Middleware = (request, next) => {
  const scheme = isSecure(request.headers) ? 'https' : 'http';
  const origin = settings.APP_ORIGIN ?? `${scheme}://${getHost(request.headers)}`;
  const name = settings.SESSION_COOKIE_NAME;
  const hasSession = [name, `__Host-${name}`].some(
    (cookie) => readCookies(request.headers, cookie).length > 0,
  );
  const failure = csrfFailure(request, origin, hasSession);
  if (failure) {
    request.headers.set(CSRF_FAILURE_HEADER, failure);
    request.headers.delete('origin');
  }
  return next(request);
};
