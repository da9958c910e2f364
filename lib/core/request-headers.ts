import { settings } from '@/lib/conf/settings';

type ReadableHeaders = Pick<Headers, 'get'>;

/**
 * The value of a cookie, or undefined. Values are not decoded: ours need no encoding, and a
 * malformed escape must not throw.
 */
export function readCookie(headers: ReadableHeaders, name: string): string | undefined {
  for (const part of headers.get('cookie')?.split(';') ?? []) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}

/** A Set-Cookie line. `maxAge` is in seconds; without it the cookie ends with the browser. */
export function serializeCookie(
  name: string,
  value: string,
  options: {
    path: string;
    httpOnly?: boolean;
    secure?: boolean;
    sameSite?: 'lax' | 'strict';
    maxAge?: number;
  },
): string {
  const parts = [`${name}=${value}`, `Path=${options.path}`];
  if (options.maxAge !== undefined) parts.push(`Max-Age=${options.maxAge}`);
  if (options.httpOnly) parts.push('HttpOnly');
  if (options.secure) parts.push('Secure');
  if (options.sameSite) parts.push(`SameSite=${options.sameSite === 'lax' ? 'Lax' : 'Strict'}`);
  return parts.join('; ');
}

/**
 * Whether the browser came over https: APP_ORIGIN says so, else X-Forwarded-Proto, which the
 * request hook has made trustworthy.
 * Django: HttpRequest.is_secure
 */
export function isSecure(headers: ReadableHeaders): boolean {
  if (settings.APP_ORIGIN) return settings.APP_ORIGIN.startsWith('https:');
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}

/**
 * Whether a whole page is asked for: a document navigation, not a prefetch, not a soft navigation.
 * Browsers send no Sec-Fetch-Dest on plain http except to localhost; there Accept tells.
 */
export function isDocumentGet(request: { method: string; headers: ReadableHeaders }): boolean {
  if (request.method !== 'GET') return false;
  if (/prefetch/i.test(request.headers.get('sec-purpose') ?? request.headers.get('purpose') ?? ''))
    return false;
  const destination = request.headers.get('sec-fetch-dest');
  if (destination) return destination === 'document';
  return request.headers.get('accept')?.includes('text/html') ?? false;
}
