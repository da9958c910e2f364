import { REDIRECT_FIELD_NAME } from '@/lib/contrib/auth/views';
import { isOwnAddress } from '@/lib/core/own-address';
import { strip } from '@/lib/core/strip';
import type { SearchParams } from './entry-points/views';
import type { HttpRequest } from './request';

const MAX_URL_LENGTH = 2048;

/** What a path is resolved against where the request names no host of ours. */
const NO_ORIGIN = 'http://localhost';

/**
 * Whether a redirect to `url` stays here: a path, or http(s) on one of `allowedHosts` (compared
 * exactly, port and user-info included); https only with `requireHttps`. Empty is unsafe.
 * Django: utils/http.py url_has_allowed_host_and_scheme
 */
export function urlHasAllowedHostAndScheme(
  url: string | null | undefined,
  {
    allowedHosts,
    requireHttps = false,
  }: { allowedHosts: readonly string[]; requireHttps?: boolean },
): boolean {
  const text = strip(url ?? '');
  if (text === '') return false;
  // Browsers take a backslash for a slash, so both readings must be safe.
  return [text, text.replaceAll('\\', '/')].every((reading) =>
    isSafe(reading, allowedHosts, requireHttps),
  );
}

/**
 * Where the visitor wanted to go, from a form or a query: `next` if it is safe, ready for a Location
 * header, else null. A form that has the field is alone judged by it. Safe is what Django's rule and
 * `isOwnAddress` both let pass: the browser, and Next.js in it, resolve the address once more.
 * Django: contrib/auth/views.py RedirectURLMixin.get_redirect_url
 * @example
 * redirect(getSafeNext(request, form) ?? settings.LOGIN_REDIRECT_URL);
 */
export function getSafeNext(
  request: Pick<HttpRequest, 'origin' | 'isSecure'>,
  source: FormData | SearchParams,
): string | null {
  const given =
    source instanceof FormData ? source.get(REDIRECT_FIELD_NAME) : source[REDIRECT_FIELD_NAME];
  const next = Array.isArray(given) ? given.at(-1) : given;
  if (typeof next !== 'string') return null;
  const allowedHosts = URL.canParse(request.origin) ? [new URL(request.origin).host] : [];
  const options = { allowedHosts, requireHttps: request.isSecure };
  if (!urlHasAllowedHostAndScheme(next, options)) return null;
  const location = iriToUri(strip(next));
  const origin = allowedHosts.length > 0 ? request.origin : NO_ORIGIN;
  return isOwnAddress(location, origin) && isOwnAddress(strip(next), origin) ? location : null;
}

// A header holds ASCII only. Django: utils/encoding.py iri_to_uri
function iriToUri(iri: string): string {
  const reserved = /[^\w\-./#%[\]=:;$&()+,!?*@'~]/gu;
  return iri.toWellFormed().replace(reserved, (character) => encodeURIComponent(character));
}

function isSafe(url: string, allowedHosts: readonly string[], requireHttps: boolean): boolean {
  if (url.startsWith('///') || url.length > MAX_URL_LENGTH) return false;
  const parts = splitUrl(url);
  if (!parts) return false;
  if (parts.host === '' && parts.scheme !== '') return false;
  if (/^\p{C}/u.test(url)) return false;
  const scheme = parts.scheme === '' && parts.host !== '' ? 'http' : parts.scheme;
  const schemes = requireHttps ? ['https'] : ['http', 'https'];
  return (
    (parts.host === '' || allowedHosts.includes(parts.host)) &&
    (scheme === '' || schemes.includes(scheme))
  );
}

// Python's urlsplit, not the browser's parser: that one repairs what must be refused.
function splitUrl(url: string): { scheme: string; host: string } | null {
  const clean = url.replace(/[\t\r\n]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(clean)?.[1]?.toLowerCase() ?? '';
  const rest = scheme === '' ? clean : clean.slice(scheme.length + 1);
  const host = rest.startsWith('//') ? (/^[^/?#]*/.exec(rest.slice(2))?.[0] ?? '') : '';
  if (host.includes('[') !== host.includes(']')) return null;
  if (host !== host.normalize('NFKC') && /[/?#@:]/.test(host.normalize('NFKC'))) return null;
  return { scheme, host };
}
