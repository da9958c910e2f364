import type { IncomingMessage } from 'node:http';
import { isProbe } from '@/lib/conf/probes';
import { settings } from '@/lib/conf/settings';
import { isPublicPath } from '@/lib/contrib/auth/middleware';
import { getHost, isAllowedHost, NOT_SERVED } from '@/lib/core/hosts';
import { getLogger } from '@/lib/core/logging';
import { ASKED_FOR_HEADER, REFUSED_HEADER } from '@/lib/core/request-headers';
import { isMissingAsset } from './assets';
import type { Exchange } from './exchange';
import { asksForData, headersOf, METHODS } from './plain-answers';
import { badRequest, notAllowed, notFound, type Refusal, tooLarge } from './refusal-words';

const logger = getLogger('http.hosts');

/**
 * What no view can answer: a target, host or method that is none, a file that is not there, a body
 * that is announced as longer than the limit. Null for everything else, whose address can then be
 * decoded: the target is one of this server, and what stands for no text is taken as written.
 * Django: core/handlers/wsgi.py, HttpRequest.get_host, RequestDataTooBig
 */
export function firstRefusal(exchange: Exchange): Refusal | null {
  const { request } = exchange;
  if (!readTarget(request)) return badRequest('This is no address of a page.');
  const path = pathOf(request);
  if (!isServedHost(request, path)) {
    tellOfHost(request);
    return badRequest(NOT_SERVED);
  }
  if (!METHODS.includes(request.method ?? '')) return notAllowed();
  if (isMissingAsset(path)) return notFound();
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE) return tooLarge();
  if (!isDecodable(path) && isPageAddress(path)) makeReadable(exchange, path);
  return null;
}

/**
 * Let the page at the address tell of a refusal, whole: of the request a look at the page is left,
 * which its guard answers so. False where that cannot be, since a script asks, which takes no page
 * for an answer, or since the address has none.
 */
export function showRefusal(exchange: Exchange, { status }: Refusal): boolean {
  const { request } = exchange;
  if (status === 400 || status === 500) return false;
  if (asksForData(request.headers) || !isPageAddress(pathOf(request))) return false;
  exchange.refused = status;
  if (request.method !== 'HEAD') request.method = 'GET';
  for (const name of ['content-length', 'content-type', 'transfer-encoding', 'expect', 'origin']) {
    delete request.headers[name];
  }
  request.headers[REFUSED_HEADER] = String(status);
  return true;
}

// The form that proxies are asked in names the host besides Host, and before it: RFC 9112, 3.2.2.
function readTarget(request: IncomingMessage): boolean {
  const target = request.url ?? '';
  if (target.startsWith('/')) return true;
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return false;
  const { host, pathname, search } = new URL(target);
  request.headers.host = host;
  request.url = pathname + search;
  return true;
}

function isServedHost(request: IncomingMessage, path: string): boolean {
  if (isProbe(path) || !settings.MIDDLEWARE.includes('CommonMiddleware')) return true;
  const host = getHost(headersOf(request.headers));
  return host !== null && isAllowedHost(host);
}

const TELL_AGAIN_MS = 60_000;
const MOST_TOLD = 20;
const told = new Map<string, number>();

// Anybody can ask under any name: each is told once a minute, and so many in a minute.
function tellOfHost({ headers }: IncomingMessage): void {
  const now = Date.now();
  for (const [host, at] of told) if (now - at > TELL_AGAIN_MS) told.delete(host);
  const host = getHost(headersOf(headers)) ?? 'none';
  if (told.has(host) || told.size >= MOST_TOLD) return;
  told.set(host, now);
  const hint = 'Add it to ALLOWED_HOSTS if this site is meant.';
  logger.warning(`Nobody is served under the name of this host. ${hint}`, { host });
}

function isDecodable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

// Strangers are sent to sign in at the private ones of these addresses, as at any. The public ones
// may lead to more than a page, so the start page tells of them.
// Django: core/handlers/wsgi.py get_path_info, repercent_broken_unicode
function makeReadable(exchange: Exchange, path: string): void {
  const { request } = exchange;
  const address = path.endsWith('/') ? path : `${path}/`;
  request.headers[ASKED_FOR_HEADER] = request.url;
  if (isPublicPath(address) && showRefusal(exchange, notFound())) request.url = '/';
  else request.url = address.replaceAll('%', '%25');
}

// Doubled slashes and backslashes Next.js takes out first, by a redirect: a page there would stand
// at an address that its own script may take for another host.
function isPageAddress(path: string): boolean {
  return path.startsWith('/') && !/\/\/|\\/.test(path) && !path.startsWith('/_next/');
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/)[0] ?? '/';
}
