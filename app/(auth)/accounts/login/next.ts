import { isApiPath } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

/** Where signing in leads: the form's `next` if it has one, safe or not; else that of the address. */
export function nextAfterLogin(request: HttpRequest, form: FormData): string | null {
  if (form.has('next')) return pageOf(getSafeNext(request, form));
  const query = new URLSearchParams(request.path.split('?')[1]);
  return pageOf(getSafeNext(request, { next: query.getAll('next') }));
}

const EXPORT = /^(\/admin\/[^/]+\/[^/]+\/(?:[^/?#]+\/review\/)?)(?:export|action)\/?(?=$|[?#])/;
const LEADS_ON: Record<string, string> = {
  '/admin/login/': '/admin/',
  '/admin/logout/': '/accounts/logout/',
  '/admin/password_change/': '/accounts/password_change/',
};
const DOWNLOAD = /^(\/accounts\/(?:[^/?#]+\/)+)download\/?(?=$|[?#])/;
const DATA =
  /^\/(admin\/(autocomplete|palette|related|auth\/matrix\/cell)|accounts\/(draft-key|watch|2fa\/webauthn\/(options|login)|oidc\/.*)|\.well-known\/webauthn|media\/.*|healthz|livez|readyz|metrics)\/?($|[?#])/;

/**
 * The page where somebody arrives. What is no page would leave the sign-in form standing: of a
 * download it is the page that it was asked for on, of data for scripts and programs the start, and of what only
 * leads on to a page that page.
 */
function pageOf(next: string | null): string | null {
  if (next === null) return null;
  const path = next.replace(/^https?:\/\/[^/]+/, '');
  const further = LEADS_ON[path.replace(/\/?$/, '/')];
  if (further !== undefined) return further;
  const [address = ''] = path.split(/[?#]/);
  if (DATA.test(path) || isApiPath(address.replace(/\/?$/, '/')))
    return settings.LOGIN_REDIRECT_URL;
  if (DOWNLOAD.test(path)) return path.replace(DOWNLOAD, '$1');
  return EXPORT.test(path) ? path.replace(EXPORT, '$1') : next;
}
