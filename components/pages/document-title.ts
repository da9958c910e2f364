import { settings } from '@/lib/conf/settings';

/** What a tab says of a page: its title and the site's name. */
export function documentTitle(title: string): string {
  return `${title} · ${settings.SITE_NAME}`;
}
