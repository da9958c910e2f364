import { reportError } from '@/lib/core/log/error-report';
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
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  reportError(error, {
    method,
    path: loggedPath(asked),
    route: routePath,
    kind: routeType,
    ...(digest !== null && { digest }),
  });
}
