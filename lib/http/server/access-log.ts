import { AsyncResource } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import { isProbe } from '@/lib/conf/probes';
import { settings } from '@/lib/conf/settings';
import { getLogger, provideLogContext } from '@/lib/core/logging';
import { ASSETS } from './assets';
import { currentExchange, type Exchange } from './exchange';
import { loggedPath } from './logged-path';

/** What subscribers of `gatehouse:http:request` receive once a request is answered, or given up. */
export type AnsweredMessage = { method: string; status: number; seconds: number; path: string };

const logger = getLogger('http.access');
const answered = channel('gatehouse:http:request');

/** nginx's number for a client that went away before its answer. */
const GONE = 499;

/** Have every line of the log name the request that is being answered, and who asks. */
export function nameRequestsInLog(): void {
  provideLogContext(() => {
    const exchange = currentExchange();
    if (!exchange) return {};
    const { requestId = null, userId } = exchange;
    return { request_id: requestId, ...(userId !== undefined && { user_id: userId }) };
  });
}

/**
 * Once the request is answered, tell Node's diagnostics channel `gatehouse:http:request` of it, and
 * write its line in the access log if settings.ACCESS_LOG: method, path without its query and without
 * what is secret in it, status, milliseconds, bytes of the body as far as they are known, and the
 * client's address. Probes and built files that went well have none.
 * Django: django.server; gunicorn's accesslog
 */
export function watchExchange(exchange: Exchange): void {
  const { request, response, url } = exchange;
  // Before a refusal makes a look at a page of it.
  const { method = '' } = request;
  const startedAt = performance.now();
  const ip = request.headers['x-forwarded-for']?.toString() ?? '';
  const tell = () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const status = response.writableFinished ? response.statusCode : GONE;
    const path = loggedPath(url);
    if (answered.hasSubscribers) {
      answered.publish({ method, status, seconds, path } satisfies AnsweredMessage);
    }
    if (!settings.ACCESS_LOG || (status < 400 && isQuiet(path))) return;
    const { requestId = null, userId } = exchange;
    logger.info(`${method} ${path} ${status}`, {
      method,
      path,
      status,
      duration_ms: Math.round(seconds * 10_000) / 10,
      bytes: Number(response.getHeader('content-length') ?? 0) || null,
      ip,
      request_id: requestId,
      ...(userId !== undefined && { user_id: userId }),
    });
  };
  // The connection closes it, which may carry another request by then.
  response.once('close', AsyncResource.bind(tell));
}

function isQuiet(path: string): boolean {
  return path.startsWith(ASSETS) || isProbe(path);
}
