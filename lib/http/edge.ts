import { type NextRequest, NextResponse } from 'next/server';
import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { RELAY_HEADER } from '@/lib/core/request-headers';
import { composeMiddleware, type Middleware, type Next } from '@/lib/middleware/compose';

/** What stands for the names that `settings.MIDDLEWARE` lists. */
type Registry = Readonly<Record<string, Middleware>>;

type Chain = { names: readonly string[]; registry: Registry; run: Next };

// What a layer puts on the response, and Next.js's own server from there on the request.
const COPIED: readonly string[] = [
  'content-security-policy',
  'content-security-policy-report-only',
];

const cameWith = new WeakMap<Request, Headers>();

let chain: Chain | null = null;

/**
 * Run `settings.MIDDLEWARE` around the page, each name as `registry` has it. The one place that knows Next's own request and
 * response; a name that is not registered throws ImproperlyConfigured (the checks stop the start
 * before that). The layers are composed once, and again only for other settings.
 * Django: core/handlers/base.py load_middleware
 */
export function runMiddleware(incoming: NextRequest, registry: Registry): Promise<Response> {
  const request = new Request(incoming.nextUrl, {
    method: incoming.method,
    headers: new Headers(incoming.headers),
  });
  cameWith.set(request, incoming.headers);
  return composed(registry)(request);
}

function composed(registry: Registry): Next {
  const names = settings.MIDDLEWARE;
  if (chain?.names !== names || chain.registry !== registry) {
    const layers = names.map((name) => resolve(name, registry));
    chain = { names, registry, run: composeMiddleware(layers, page) };
  }
  return chain.run;
}

// To be told the request's headers makes Next.js write and read each of them anew, so it is told only
// where they are others than those that came.
const page: Next = async (request) => {
  const came = cameWith.get(request);
  if (came && isAsItCame(request.headers, came)) return NextResponse.next();
  return NextResponse.next({ request: { headers: request.headers } });
};

/**
 * Whether a request reaches the page with the right headers by itself: they are those that it came with, but for a
 * policy, and Next.js's own server has it, which copies that from the response. On a host that runs the
 * Edge apart from it nobody does.
 */
function isAsItCame(headers: Headers, came: Headers): boolean {
  if (!headers.has(RELAY_HEADER)) return false;
  for (const [name, value] of headers) {
    if (!COPIED.includes(name) && came.get(name) !== value) return false;
  }
  for (const [name] of came) {
    if (!headers.has(name)) return false;
  }
  return true;
}

function resolve(name: string, registry: Registry): Middleware {
  const middleware = registry[name];
  if (!middleware) throw new ImproperlyConfigured(`MIDDLEWARE lists ${name}, which is unknown.`);
  return middleware;
}
