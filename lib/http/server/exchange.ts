import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Notes } from '@/lib/http/source/request-source';

/** One HTTP request of Node's server and its response, while it is being answered. */
export type Exchange = Notes & {
  request: IncomingMessage;
  response: ServerResponse;
  /** Path and query as they came in, before Next.js rewrites them. */
  url: string;
  /** Whom a trusted proxy names: '' for nobody, null when it says nothing. */
  remoteUser?: string | null;
  /** What names the request in every line that is written about it. */
  requestId?: string;
};

const KEY = Symbol.for('gatehouse.http.exchange');

// The bundler makes several copies of a module; all of them must see the same storage.
const shared: typeof globalThis & { [KEY]?: AsyncLocalStorage<Exchange> } = globalThis;
shared[KEY] ??= new AsyncLocalStorage<Exchange>();
const storage = shared[KEY];

/** Remember the exchange for everything that answers it. Called once per request by the hook. */
export function enterExchange(exchange: Exchange): void {
  storage.enterWith(exchange);
}

/** The exchange being answered, or null on a host where the request hook cannot be installed. */
export function currentExchange(): Exchange | null {
  return storage.getStore() ?? null;
}

/**
 * Set the status of the response, and with `retryAfter` (seconds) its Retry-After; the page that is
 * rendered stays whole, with JavaScript and without. Once the head of the response has left, as when
 * a page is rendered behind an action, both stay what the action made them. Returns false where
 * there is no exchange.
 */
export function setStatus(status: number, retryAfter?: number): boolean {
  const exchange = currentExchange();
  if (!exchange) return false;
  const { response } = exchange;
  if (response.headersSent) return true;
  response.statusCode = status;
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  return true;
}
