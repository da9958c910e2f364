import { settings } from '@/lib/conf/settings';

/**
 * The request hook has refused what was sent, and a page is to say so to whoever sent it. Taken out
 * of what comes from outside.
 */
export const REFUSED_HEADER = 'x-gatehouse-refused';

/** Path and query as they were asked for, where the request hook has made them readable. */
export const ASKED_FOR_HEADER = 'x-gatehouse-asked-for';

/**
 * Next.js asks itself for the page that an action redirects to, over a socket of its own. It copies
 * the headers of the request that caused it, this one with them: proof that the request hook has corrected
 * them. Every request that went by the hook has it.
 */
export const RELAY_HEADER = 'x-gatehouse-relay';

type ReadableHeaders = Pick<Headers, 'get'>;

/** Where a cookie counts, who may read it, and for how many seconds it is kept. */
export type CookieOptions = {
  path: string;
  /** Left out for this host alone. */
  domain?: string;
  httpOnly?: boolean;
  secure?: boolean;
  sameSite?: 'lax' | 'strict';
  maxAge?: number;
};

/** A Set-Cookie line. `maxAge` is in seconds; without it the cookie ends with the browser. */
export function serializeCookie(name: string, value: string, options: CookieOptions): string {
  const parts = [`${name}=${value}`, `Path=${options.path}`];
  if (options.domain !== undefined) parts.push(`Domain=${options.domain}`);
  if (options.maxAge !== undefined) parts.push(`Max-Age=${options.maxAge}`);
  if (options.httpOnly) parts.push('HttpOnly');
  if (options.secure) parts.push('Secure');
  if (options.sameSite) parts.push(`SameSite=${options.sameSite === 'lax' ? 'Lax' : 'Strict'}`);
  return parts.join('; ');
}

/**
 * The scheme over which the request reached the outermost trusted proxy, or us. Of a list the
 * leftmost value counts.
 * Django: HttpRequest.scheme, SECURE_PROXY_SSL_HEADER
 */
export function requestScheme(headers: ReadableHeaders): 'http' | 'https' {
  const [header, secure] = settings.SECURE_PROXY_SSL_HEADER ?? ['x-forwarded-proto', 'https'];
  return headers.get(header)?.split(',')[0]?.trim() === secure ? 'https' : 'http';
}

/**
 * Whether the browser came over https: APP_ORIGIN says so, else the request.
 * Django: HttpRequest.is_secure
 */
export function isSecure(headers: ReadableHeaders): boolean {
  if (settings.APP_ORIGIN) return settings.APP_ORIGIN.startsWith('https:');
  return requestScheme(headers) === 'https';
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
