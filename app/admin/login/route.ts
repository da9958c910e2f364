import type { User } from '@/lib/auth/models';
import { loginRequired } from '@/lib/http/decorators';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

/** Django's admin has a sign-in page of its own; here the guard has sent strangers to ours. */
export const GET = loginRequired(async (request: HttpRequest<User>) => {
  const query = new URLSearchParams(request.path.split('?')[1]);
  const location = getSafeNext(request, { next: query.getAll('next') }) ?? '/admin/';
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
});
