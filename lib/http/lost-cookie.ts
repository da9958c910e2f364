import { settings } from '@/lib/conf/settings';
import { REDIRECT_FIELD_NAME } from '@/lib/contrib/auth/views';
import { currentSource } from './source/current-source';

/**
 * Whether the page being answered is the sign-in page, met again by a browser that has just sent its
 * form and kept no cookie of the answer: the way led from the form to a private page and back here.
 * False where the browser tells no referrer.
 * Django tests it with a cookie of its own: contrib/sessions set_test_cookie
 */
export function hasLostCookie(): boolean {
  const incoming = currentSource().incoming();
  if (incoming?.method !== 'GET' || incoming.header('cookie') !== undefined) return false;
  const referer = incoming.header('referer') ?? '';
  if (!URL.canParse(referer)) return false;
  const from = new URL(referer);
  const isBack = new URL(incoming.url, 'http://localhost').searchParams.has(REDIRECT_FIELD_NAME);
  const [login] = settings.LOGIN_URL.split('?');
  return isBack && from.host === incoming.header('host') && from.pathname === login;
}
