import { isInstalled } from '@/lib/apps/installed';
import type { Middleware } from './compose';

/**
 * The middleware of an app: while the app is out, every request passes as if it were not listed.
 * Django: no counterpart; there MIDDLEWARE is edited too
 */
export function middlewareOf(label: string, middleware: Middleware): Middleware {
  return (request, next) => (isInstalled(label) ? middleware(request, next) : next(request));
}
