import { isProbe } from '@/lib/conf/probes';
import { settings } from '@/lib/conf/settings';
import { getHost, isAllowedHost } from '@/lib/core/hosts';
import { requestScheme } from '@/lib/core/request-headers';
import type { Middleware } from './compose';

/**
 * Send plain http to https, and tell the browser how strictly to treat what it gets. Each header
 * has its setting; one that a response has already is kept.
 * Django: middleware/security.py SecurityMiddleware, middleware/clickjacking.py XFrameOptionsMiddleware
 */
export const SecurityMiddleware: Middleware = async (request, next) => {
  const isHttps = requestScheme(request.headers) === 'https';
  const response = (!isHttps && httpsRedirect(request)) || (await next(request));
  for (const [name, value] of securityHeaders(isHttps)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
};

function httpsRedirect(request: Request): Response | null {
  if (!settings.SECURE_SSL_REDIRECT) return null;
  const { pathname, search } = new URL(request.url);
  const isExempt =
    isProbe(pathname) ||
    settings.SECURE_REDIRECT_EXEMPT.some((pattern) => pattern.test(pathname.slice(1)));
  const host = settings.SECURE_SSL_HOST ?? allowedHost(request.headers);
  if (isExempt || host === null) return null;
  const location = `https://${host}${pathname}${search}`;
  return new Response(null, { status: 301, headers: { location } });
}

// To a host that is not ours nobody is sent: CommonMiddleware refuses it.
function allowedHost(headers: Headers): string | null {
  const host = getHost(headers);
  return host !== null && isAllowedHost(host) ? host : null;
}

/**
 * The fixed headers of every response, with the values that the settings give them; those that a
 * setting turns off are left out. `isHttps`: whether the browser came over https.
 * Django: middleware/security.py SecurityMiddleware.process_response
 */
export function securityHeaders(isHttps: boolean): [name: string, value: string][] {
  const headers: [name: string, value: string | null][] = [
    ['strict-transport-security', isHttps ? hsts() : null],
    ['x-content-type-options', settings.SECURE_CONTENT_TYPE_NOSNIFF ? 'nosniff' : null],
    ['referrer-policy', referrerPolicy()],
    ['cross-origin-opener-policy', settings.SECURE_CROSS_ORIGIN_OPENER_POLICY],
    ['cross-origin-embedder-policy', settings.SECURE_CROSS_ORIGIN_EMBEDDER_POLICY],
    ['cross-origin-resource-policy', settings.SECURE_CROSS_ORIGIN_RESOURCE_POLICY],
    ['permissions-policy', settings.SECURE_PERMISSIONS_POLICY],
    ['x-frame-options', settings.X_FRAME_OPTIONS],
  ];
  return headers.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function referrerPolicy(): string | null {
  if (settings.SECURE_REFERRER_POLICY === null) return null;
  const policies = [settings.SECURE_REFERRER_POLICY].flat().flatMap((list) => list.split(','));
  return policies.map((policy) => policy.trim()).join(',');
}

function hsts(): string | null {
  if (settings.SECURE_HSTS_SECONDS === 0) return null;
  return [
    `max-age=${settings.SECURE_HSTS_SECONDS}`,
    ...(settings.SECURE_HSTS_INCLUDE_SUBDOMAINS ? ['includeSubDomains'] : []),
    ...(settings.SECURE_HSTS_PRELOAD ? ['preload'] : []),
  ].join('; ');
}
