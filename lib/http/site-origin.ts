import { settings } from '@/lib/conf/settings';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { isAllowedHost } from '@/lib/core/hosts';
import type { HttpRequest } from './request';

/**
 * The origin that links in mails begin with: APP_ORIGIN, whatever the request says. Without it, on a
 * first look, the request's own, if ALLOWED_HOSTS knows its host; else SuspiciousOperation, a 400,
 * so that a poisoned Host gets no link mailed to anybody.
 * Django: contrib/sites/shortcuts.py get_current_site, HttpRequest.get_host (DisallowedHost)
 */
export function siteOrigin({ origin }: Pick<HttpRequest, 'origin'>): string {
  if (settings.APP_ORIGIN) return settings.APP_ORIGIN;
  const host = origin.replace(/^https?:\/\//, '');
  if (isAllowedHost(host)) return origin;
  throw new SuspiciousOperation('The host of the request is not in ALLOWED_HOSTS.');
}
