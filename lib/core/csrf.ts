import { settings } from '@/lib/conf/settings';
import { getHost } from './hosts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Why CsrfViewMiddleware has found a request forged, for the guard. Whoever sends it by hand has
 * only this one request refused.
 */
export const CSRF_FAILURE_HEADER = 'x-gatehouse-csrf-failure';

/**
 * Why a request that changes something must be refused as forged, or null when it may pass.
 * The browser's own word decides: Sec-Fetch-Site, else Origin, else Referer; an opaque origin
 * (`null`) is foreign. Where the browser says "same origin" of an origin with another host, a proxy
 * has written a Host of its own: the reason says what to set. A request with none of them passes
 * only when it carries no session, since then there is nothing to steal. What was found forged
 * before stays so. `origin` is ours, `scheme://host[:port]`.
 * Django: middleware/csrf.py CsrfViewMiddleware (token and Referer there, Fetch Metadata here)
 */
export function csrfFailure(
  request: { method: string; headers: Pick<Headers, 'get'> },
  origin: string,
  hasSession: boolean,
): string | null {
  if (SAFE_METHODS.has(request.method)) return null;
  const found = request.headers.get(CSRF_FAILURE_HEADER);
  if (found) return found;
  if (isVouchedFor(request.headers)) return misplaced(request.headers, origin);
  const site = request.headers.get('sec-fetch-site');
  const claimed = request.headers.get('origin') ?? originOf(request.headers.get('referer'));
  if (claimed === null) {
    if (site) return `The form was sent from another site (${site}).`;
    return hasSession ? 'The request does not say where it was sent from.' : null;
  }
  if (claimed === origin || settings.CSRF_TRUSTED_ORIGINS.some(matches(claimed))) return null;
  return `The form was sent from ${claimed}, which is not trusted.`;
}

/** Whether the browser says that the request comes from a page of this site, or from nobody's page. */
export function isVouchedFor(headers: Pick<Headers, 'get'>): boolean {
  return ['same-origin', 'none'].includes(headers.get('sec-fetch-site') ?? '');
}

function misplaced(headers: Pick<Headers, 'get'>, origin: string): string | null {
  const claimed = headers.get('origin') ?? '';
  const url = URL.canParse(claimed) ? new URL(claimed) : null;
  if (!url || settings.CSRF_TRUSTED_ORIGINS.some(matches(url.origin))) return null;
  const asked = getHost(headers);
  const hosts = [origin.split('://')[1], ...(asked === null ? [] : hostsOf(asked))];
  if (hosts.includes(url.host)) return null;
  const here = origin === '' ? 'under another name' : `at ${origin}`;
  return `The form was sent from ${url.origin}, and this site believes that it is ${here}. Whoever runs it should set APP_ORIGIN to the address that browsers see.`;
}

// A browser leaves out the port that its scheme has by itself.
function hostsOf(host: string): string[] {
  return [new URL(`http://${host}`).host, new URL(`https://${host}`).host];
}

// `https://*.example.com` trusts the domain and all below it, with that scheme and port only.
function matches(claimed: string): (trusted: string) => boolean {
  return (trusted) => {
    const [scheme, host = ''] = trusted.split('://*.');
    if (host === '') return claimed === trusted;
    return (
      claimed === `${scheme}://${host}` ||
      (claimed.startsWith(`${scheme}://`) && claimed.endsWith(`.${host}`))
    );
  };
}

function originOf(referer: string | null): string | null {
  return referer !== null && URL.canParse(referer) ? new URL(referer).origin : null;
}
