import { settings } from '@/lib/conf/settings';

/** The address at which this site delivers a file, by its name in the storage. Django: Storage.url */
export function mediaUrl(name: string): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return settings.MEDIA_URL.replace(/\/*$/, '/') + path;
}
