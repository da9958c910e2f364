import { settings } from '@/lib/conf/settings';
import { isSecure } from './request-headers';

const HOST = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::\d+)?$/;
const LOCAL = ['.localhost', '127.0.0.1', '[::1]'];

/** What is said to who asks under a name that is none of ours, the person who runs the site among them. */
export const NOT_SERVED =
  'This site is not served under that name. Whoever runs it lists its names in ALLOWED_HOSTS.';

/**
 * The host that the browser named, in lower case and with its port. Behind Next.js that is
 * X-Forwarded-Host: the request hook has made it trustworthy, and Next.js sets it where it is
 * missing. Null when it is no host at all.
 * Django: http/request.py HttpRequest.get_host
 */
export function getHost(headers: Pick<Headers, 'get'>): string | null {
  const host = (headers.get('x-forwarded-host') ?? headers.get('host') ?? '').toLowerCase();
  return HOST.test(host) ? host : null;
}

/**
 * Whether a host may be believed; its port does not count. ALLOWED_HOSTS and APP_ORIGIN say so and,
 * where the former is empty, the names of one's own machine may too: a first look, or a proxy on it
 * that writes them into Host. A leading dot stands for a domain with its subdomains, `*` for every
 * host. Runs at the Edge.
 * Django: http/request.py validate_host
 */
export function isAllowedHost(host: string): boolean {
  const domain = HOST.exec(host.toLowerCase())?.[1]?.replace(/\.$/, '');
  if (!domain) return false;
  return allowedHosts().some(
    (pattern) => pattern === '*' || isSameDomain(domain, pattern.toLowerCase()),
  );
}

/** `scheme://host[:port]` of this site, as the browser named it; '' under a host not allowed. */
export function originOf(headers: Pick<Headers, 'get'>): string {
  const host = getHost(headers);
  if (host === null || !isAllowedHost(host)) return '';
  return `${isSecure(headers) ? 'https' : 'http'}://${host}`;
}

function allowedHosts(): readonly string[] {
  const listed = settings.ALLOWED_HOSTS.length > 0 ? settings.ALLOWED_HOSTS : LOCAL;
  return settings.APP_ORIGIN ? [...listed, new URL(settings.APP_ORIGIN).hostname] : listed;
}

function isSameDomain(domain: string, pattern: string): boolean {
  if (!pattern.startsWith('.')) return domain === pattern;
  return domain.endsWith(pattern) || domain === pattern.slice(1);
}
