import { type NextRequest, NextResponse } from 'next/server';
import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { composeMiddleware, type Middleware } from '@/lib/middleware/compose';

/** What stands for the names that `settings.MIDDLEWARE` lists. */
type Registry = Readonly<Record<string, Middleware>>;

/**
 * Run `settings.MIDDLEWARE` around the page, each name as `registry` has it. The one place that knows Next's own request and
 * response; a name that is not registered throws ImproperlyConfigured (the checks stop the start
 * before that).
 * Django: core/handlers/base.py load_middleware
 */
export function runMiddleware(incoming: NextRequest, registry: Registry): Promise<Response> {
  const request = new Request(incoming.nextUrl, {
    method: incoming.method,
    headers: new Headers(incoming.headers),
  });
  const page = async ({ headers }: Request) => NextResponse.next({ request: { headers } });
  return composeMiddleware(
    settings.MIDDLEWARE.map((name) => resolve(name, registry)),
    page,
  )(request);
}

function resolve(name: string, registry: Registry): Middleware {
  const middleware = registry[name];
  if (!middleware) throw new ImproperlyConfigured(`MIDDLEWARE lists ${name}, which is unknown.`);
  return middleware;
}
