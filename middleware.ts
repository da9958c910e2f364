import type { NextRequest } from 'next/server';
import { runMiddleware } from '@/lib/http/edge';

/** Built assets and the icon are public bytes; everything else passes the gate. */
export const config = { matcher: ['/((?!_next/static/|icon\\.svg$).*)'] };

export function middleware(request: NextRequest) {
  return runMiddleware(request);
}
