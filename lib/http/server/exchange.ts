import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One HTTP request of Node's server and its response, while it is being answered. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Path and query as they came in, before Next.js rewrites them. */
  url: string;
  /** Whom a trusted proxy names: '' for nobody, null when it says nothing. */
  remoteUser?: string | null;
  /** What an action raised: the page that is rendered in the same response answers with it. */
  raised?: unknown;
  /** With what the front door has refused the request: whatever is asked for answers with it. */
  refused?: 404 | 405 | 413;
  /** Whether a guard has been asked: what fails before that was never a request that one knows. */
  isGuarded?: boolean;
  /** What an action wants shown in the page that is rendered in the same response; by its name. */
  answers?: Map<string, unknown>;
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

/** Whether a script sends the action that is being answered; else a browser without scripts does. */
export function isSentByScript(): boolean {
  return currentExchange()?.request.headers['next-action'] !== undefined;
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
