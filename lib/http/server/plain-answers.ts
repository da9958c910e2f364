import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { settings } from '@/lib/conf/settings';
import { requestScheme } from '@/lib/core/request-headers';
import { policyHeaders } from '@/lib/middleware/csp';
import { refusalPage } from '@/lib/middleware/refusal';
import { securityHeaders } from '@/lib/middleware/security';
import type { Exchange } from './exchange';
import { badRequest, type Refusal, serverError } from './refusal-words';

/** The methods that a page or route handler can have at all. */
export const METHODS: readonly string[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
];

/** What Next.js answers by itself where it finds no way to a page. */
const BARE = 'Internal Server Error';

/** What Node's parser refuses: no request is there yet. */
const UNREADABLE: Record<string, [status: number, text: string]> = {
  CONNECT: [405, 'This is no proxy.'],
  HPE_INVALID_METHOD: [405, 'There is no such method.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The request is too large.'],
  HPE_HEADER_OVERFLOW: [431, 'The address or the cookies of this request are too long.'],
};

/** Headers as Node has them, for what reads those of the web. */
export function headersOf(headers: IncomingHttpHeaders): Pick<Headers, 'get'> {
  return { get: (name) => headers[name]?.toString() ?? null };
}

/** The headers that every response of this site has; none where SecurityMiddleware is not listed. */
export function fixedHeaders(headers: IncomingHttpHeaders): [name: string, value: string][] {
  if (!settings.MIDDLEWARE.includes('SecurityMiddleware')) return [];
  return securityHeaders(requestScheme(headersOf(headers)) === 'https');
}

/** Answer with the sentences of a refusal: as text to a script, else as a document of a few lines. */
export function answerPlain(exchange: Exchange, refusal: Refusal): void {
  exchange.response.end(dress(exchange, refusal));
}

/**
 * Give what Next.js answers by itself, bare, a document of a few lines. Where it could not read a
 * form, so that no guard ever ran, the fault is the form's: 400.
 */
export function dressBareAnswers(exchange: Exchange): void {
  const { request, response } = exchange;
  const { end, writeHead } = response;
  let body: string | null = null;
  const isUnread = () => request.method === 'POST' && !exchange.isGuarded;
  const dressNow = () => {
    const unread = badRequest('What was sent cannot be read. Nothing was changed.');
    body ??= dress(exchange, isUnread() ? unread : serverError());
  };
  response.writeHead = (...args: unknown[]) => {
    if (args[0] === 500 && !response.headersSent) {
      const type = response.getHeader('content-type') ?? 'text/plain';
      if (type === 'text/plain' && !exchange.isGuarded) dressNow();
      else if (isUnread()) response.statusCode = 400;
      args[0] = response.statusCode;
    }
    return Reflect.apply(writeHead, response, args);
  };
  response.end = (...args: unknown[]) => {
    if (args[0] === BARE && !response.headersSent && response.statusCode === 500) dressNow();
    if (body !== null) args[0] = body;
    return Reflect.apply(end, response, args);
  };
}

/** Refuse what is no request that a page could answer, on its connection, and close that. */
export function refuseConnection(socket: Duplex, code: string): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, text] = UNREADABLE[code] ?? [400, 'The request cannot be read.'];
  const headers = [
    ...fixedHeaders({}),
    ...(status === 405 ? [['allow', METHODS.join(', ')]] : []),
    ['content-type', 'text/plain; charset=utf-8'],
    ['content-length', String(Buffer.byteLength(text))],
    ['cache-control', 'no-store'],
    ['connection', 'close'],
  ];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n'));
}

// Sets status and headers, and gives the body.
function dress({ request, response }: Exchange, { status, title, why }: Refusal): string {
  response.statusCode = status;
  if (response.hasHeader('content-length')) response.removeHeader('content-length');
  response.setHeader('cache-control', 'no-store');
  if (status === 405) response.setHeader('allow', METHODS.join(', '));
  // Next.js's script hands on the text of an answer of exactly this type.
  const isData = asksForData(request.headers) || request.url?.startsWith('/_next/');
  response.setHeader('content-type', isData ? 'text/plain' : 'text/html; charset=utf-8');
  if (isData) return why;
  for (const [name, value] of policyHeaders()) response.setHeader(name, value);
  return refusalPage(title, why);
}

/** Whether a script asks, or anything else of a page, which takes no document for an answer. */
export function asksForData(headers: IncomingHttpHeaders): boolean {
  if (headers['next-action'] !== undefined || headers['rsc'] !== undefined) return true;
  return !['document', undefined].includes(headers['sec-fetch-dest']?.toString());
}
