import { type NextRequest, NextResponse } from 'next/server';
import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { composeMiddleware, type Middleware } from '@/lib/middleware/compose';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

/**
 * Run `settings.MIDDLEWARE` around the page. The one place that knows Next's own request and
 * response; a name that is not registered throws ImproperlyConfigured (the checks stop the start
 * before that).
 * Django: core/handlers/base.py load_middleware
 */
export function runMiddleware(incoming: NextRequest): Promise<Response> {
  const request = new Request(incoming.nextUrl, {
    method: incoming.method,
    headers: new Headers(incoming.headers),
  });
  const page = async ({ headers }: Request) => NextResponse.next({ request: { headers } });
  return composeMiddleware(settings.MIDDLEWARE.map(resolve), page)(request);
}

function resolve(name: string): Middleware {
  const middleware = MIDDLEWARE_REGISTRY[name];
  if (!middleware) throw new ImproperlyConfigured(`MIDDLEWARE lists ${name}, which is unknown.`);
  return middleware;
}
