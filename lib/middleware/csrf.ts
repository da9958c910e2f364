import { settings } from '@/lib/conf/settings';
import { plainSessionCookieName, readCookies } from '@/lib/core/cookies';
import { CSRF_FAILURE_HEADER, csrfFailure, isVouchedFor } from '@/lib/core/csrf';
import { getHost } from '@/lib/core/hosts';
import { isSecure } from '@/lib/core/request-headers';
import type { Middleware } from './compose';

/**
 * Recognize a form that another site sent, and hand it to the guard with the reason: the guard
 * refuses it with a whole page and writes the security log, for which the Edge has no database. Its
 * Origin goes, and so does one that says nothing where the browser itself vouches for the request:
 * Next.js would answer either with a bare 500 before any guard runs.
 * Django: middleware/csrf.py CsrfViewMiddleware
 */
export const CsrfViewMiddleware: Middleware = (request, next) => {
  const scheme = isSecure(request.headers) ? 'https' : 'http';
  const origin = settings.APP_ORIGIN ?? `${scheme}://${getHost(request.headers)}`;
  const name = plainSessionCookieName();
  const hasSession = [name, `__Host-${name}`].some(
    (cookie) => readCookies(request.headers, cookie).length > 0,
  );
  const failure = csrfFailure(request, origin, hasSession);
  if (failure) {
    request.headers.set(CSRF_FAILURE_HEADER, failure);
    request.headers.delete('origin');
  } else if (isVouchedFor(request.headers) && !isOfThisHost(request.headers)) {
    request.headers.delete('origin');
  }
  return next(request);
};

function isOfThisHost(headers: Headers): boolean {
  const origin = headers.get('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === getHost(headers);
}
