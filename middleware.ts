import type { NextRequest } from 'next/server';
import { runMiddleware } from '@/lib/http/edge';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

/** Built assets and the icon are public bytes; everything else passes the gate. */
export const config = { matcher: ['/((?!_next/static/|icon\\.svg$).*)'] };

export function middleware(request: NextRequest) {
  return runMiddleware(request, MIDDLEWARE_REGISTRY);
}
