/**
 * A temporary redirect as a route handler answers it, kept by no cache. `location` is an address of
 * this site, or one that `getSafeNext` let through.
 * Django: http/response.py HttpResponseRedirect
 */
export function redirectResponse(location: string): Response {
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
}
