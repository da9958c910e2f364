import { reportError } from '@/lib/core/log/error-report';
import type { LogFields } from '@/lib/core/logging';
import { currentExchange } from './exchange';
import { loggedPath } from './logged-path';

/** As much as Next.js tells of a request and of the route that failed. */
type Failed = { path: string; method: string };
type Where = { routePath: string; routeType: string };

/**
 * Report what Next.js caught while it answered, which no guard of ours has: an error of a component, an
 * action or a route handler beside them. For `onRequestError` of instrumentation.ts.
 * Next.js: instrumentation.ts onRequestError; Django: got_request_exception
 */
export function reportRequestError(
  error: unknown,
  { path, method }: Failed,
  { routePath, routeType }: Where,
): void {
  const asked = currentExchange()?.url ?? path;
  reportError(error, {
    method,
    path: loggedPath(asked),
    route: routePath,
    kind: routeType,
    ...digestOf(error),
  });
}

/** What a report of an error says of the request that is being answered, and how Next.js's page names it. */
export function requestFields(error: unknown): LogFields {
  const exchange = currentExchange();
  if (!exchange) return digestOf(error);
  const { method = '' } = exchange.request;
  return { method, path: loggedPath(exchange.url), ...digestOf(error) };
}

function digestOf(error: unknown): LogFields {
  return error instanceof Error && 'digest' in error ? { digest: String(error.digest) } : {};
}
