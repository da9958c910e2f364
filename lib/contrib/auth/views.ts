import { settings } from '@/lib/conf/settings';

/** The name of the query parameter and form field that says where to go after signing in. */
export const REDIRECT_FIELD_NAME = 'next';

/**
 * The sign-in address that leads back to `next` (path and query). A `next` already in LOGIN_URL is
 * replaced; slashes stay readable, all else is percent-encoded. Runs at the Edge.
 * Django: contrib/auth/views.py redirect_to_login
 */
export function redirectToLogin(next: string, loginUrl: string = settings.LOGIN_URL): string {
  const [address = '', query = ''] = loginUrl.split(/\?(.*)/s);
  const kept = query
    .split('&')
    .filter((pair) => pair !== '' && pair.split('=')[0] !== REDIRECT_FIELD_NAME);
  if (next !== '') kept.push(`${REDIRECT_FIELD_NAME}=${quote(next)}`);
  return kept.length === 0 ? address : `${address}?${kept.join('&')}`;
}

function quote(path: string): string {
  return encodeURIComponent(path.toWellFormed()).replaceAll('%2F', '/');
}
