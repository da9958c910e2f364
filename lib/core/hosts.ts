import { settings } from '@/lib/conf/settings';

const HOST = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::\d+)?$/;
const LOCAL = ['.localhost', '127.0.0.1', '[::1]'];

/**
 * Whether ALLOWED_HOSTS lets this Host header be believed; its port does not count. With an empty
 * list and DEBUG, the names of one's own machine are allowed. Runs at the Edge.
 * Django: http/request.py HttpRequest.get_host, validate_host
 */
export function isAllowedHost(host: string): boolean {
  const domain = HOST.exec(host.toLowerCase())?.[1]?.replace(/\.$/, '');
  if (!domain) return false;
  const isUnset = settings.DEBUG && settings.ALLOWED_HOSTS.length === 0;
  const patterns = isUnset ? LOCAL : settings.ALLOWED_HOSTS;
  return patterns.some((pattern) => pattern === '*' || isSameDomain(domain, pattern.toLowerCase()));
}

function isSameDomain(domain: string, pattern: string): boolean {
  if (!pattern.startsWith('.')) return domain === pattern;
  return domain.endsWith(pattern) || domain === pattern.slice(1);
}
