import { settings } from '@/lib/conf/settings';
import type { HttpRequest } from './request';
import { currentSource } from './source/current-source';

/**
 * Tell the browser of whoever signs out to throw away what `settings.CLEAR_SITE_DATA` names. Over
 * https only, where browsers heed it. Does nothing once the head of the response has left.
 * OWASP ASVS 5.0 14.3.1
 */
export function clearSiteData({ isSecure }: HttpRequest): void {
  const named = settings.CLEAR_SITE_DATA.map((data) => `"${data}"`).join(', ');
  if (isSecure && named !== '') currentSource().setHeader('Clear-Site-Data', named);
}
