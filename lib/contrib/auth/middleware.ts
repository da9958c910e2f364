import { publicPaths } from '@/lib/apps/installed';
import { isPublicFile } from '@/lib/conf/public-files';
import { settings } from '@/lib/conf/settings';
import { sealOf } from '@/lib/contrib/sessions/middleware';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { ASKED_FOR_HEADER, REFUSED_HEADER } from '@/lib/core/request-headers';
import { isAskedByProgram } from '@/lib/http/problems/asked-by-program';
import type { Middleware } from '@/lib/middleware/compose';
import { redirectToLogin } from './views';

const authenticated = new WeakMap<Request, boolean>();

/**
 * Note whether the request carries the seal of a signed-in person. Whether that session still
 * exists, only the guard knows.
 * Django: contrib/auth/middleware.py AuthenticationMiddleware
 */
export const AuthenticationMiddleware: Middleware = (request, next) => {
  const opened = sealOf(request);
  if (opened === undefined) {
    throw new ImproperlyConfigured('Put SessionMiddleware before AuthenticationMiddleware.');
  }
  authenticated.set(request, opened !== null && opened.seal.userId !== null);
  return next(request);
};

/**
 * Let pass whom a trusted proxy names in `settings.REMOTE_USER_HEADER`: the guard signs them in,
 * since the Edge has no database. The request hook has taken the header out unless it is to be
 * believed. A session of RemoteUserBackend ends at the first request without the header.
 * Django: contrib/auth/middleware.py RemoteUserMiddleware
 */
export const RemoteUserMiddleware: Middleware = (request, next) => {
  if (!authenticated.has(request)) {
    throw new ImproperlyConfigured('Put AuthenticationMiddleware before RemoteUserMiddleware.');
  }
  if (request.headers.get(settings.REMOTE_USER_HEADER)) authenticated.set(request, true);
  return next(request);
};

/**
 * As RemoteUserMiddleware, for a proxy that names people on its sign-in address only: they stay
 * signed in without the header. Node tells the two apart by the name in `settings.MIDDLEWARE`.
 * Django: contrib/auth/middleware.py PersistentRemoteUserMiddleware
 */
export const PersistentRemoteUserMiddleware: Middleware = (request, next) =>
  RemoteUserMiddleware(request, next);

/**
 * Send a stranger who asks for a private page to the sign-in page. Only GET and HEAD: a posted form
 * goes on to its guard, which knows what to do with it, and what the request hook has refused to the
 * page that says so. A program goes on too: it has no use for a sign-in page, and no cookie tells who
 * it is.
 * Django: contrib/auth/middleware.py LoginRequiredMiddleware
 */
export const LoginRequiredMiddleware: Middleware = async (request, next) => {
  const { pathname, search } = new URL(request.url);
  const { headers } = request;
  const asks = ['GET', 'HEAD'].includes(request.method) && !headers.has(REFUSED_HEADER);
  if (!asks || authenticated.get(request) || isPublicPath(pathname)) return next(request);
  if (isAskedByProgram(headers, pathname)) return next(request);
  const wanted = headers.get(ASKED_FOR_HEADER) ?? pathname + search;
  const location = new URL(redirectToLogin(wanted), request.url);
  return new Response(null, {
    status: 302,
    headers: { location: location.href, 'cache-control': 'no-store' },
  });
};

/**
 * Whether a stranger may see the address: `publicPaths()` lists it, compared segment by segment, or it
 * is that of a public file.
 */
export function isPublicPath(pathname: string): boolean {
  if (isPublicFile(pathname)) return true;
  const segments = pathname.split('/');
  return publicPaths().some((pattern) => {
    const wanted = pattern.split('/');
    return (
      wanted.length === segments.length &&
      wanted.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]))
    );
  });
}
