import { settings } from '@/lib/conf/settings';
import { isSecure } from './request-headers';

type ReadableHeaders = Pick<Headers, 'get'>;

const MOST_VALUES = 20;

/**
 * The values of all cookies of this name, as they were sent, without doubles and empty ones: another
 * application on the host, or a sibling of its domain, may have set one too. Whoever reads tries each
 * until one proves to be ours. At most 20. Not decoded: ours need no encoding, and a malformed
 * escape must not throw.
 */
export function readCookies(headers: ReadableHeaders, name: string): string[] {
  const pairs = headers.get('cookie')?.split(';') ?? [];
  const values = pairs.flatMap((part) => {
    const [key, ...value] = part.split('=');
    return key?.trim() === name ? [value.join('=').trim()] : [];
  });
  return [...new Set(values)].filter((value) => value !== '').slice(0, MOST_VALUES);
}

/**
 * Whether our cookies are for https only: `settings.SESSION_COOKIE_SECURE`, else as the browser came.
 * Django: SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE
 */
export function cookiesAreSecure(headers: ReadableHeaders): boolean {
  return settings.SESSION_COOKIE_SECURE ?? isSecure(headers);
}

/**
 * The name under which a cookie is set and read: on https with the prefix that keeps a sibling domain
 * from setting one of the name, `__Host-` for the whole site and `__Secure-` below a path, which
 * plain http cannot set at least.
 * Django: none (SESSION_COOKIE_NAME and its like may be given a prefix by hand)
 */
export function cookieName(name: string, secure: boolean, path = '/'): string {
  if (!secure) return name;
  return path === '/' ? `__Host-${name}` : `__Secure-${name}`;
}

/**
 * The name of the session cookie without a prefix, as SESSION_COOKIE_NAME and SESSION_ENGINE say.
 * Django: SESSION_COOKIE_NAME
 */
export function plainSessionCookieName(): string {
  const { SESSION_COOKIE_NAME, SESSION_ENGINE } = settings;
  return (
    SESSION_COOKIE_NAME ?? (SESSION_ENGINE === 'django.db' ? 'sessionid' : 'gatehouse_session')
  );
}
