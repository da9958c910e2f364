import { loginRequired } from '@/lib/contrib/auth/decorators';
import { redirectResponse } from '@/lib/http/redirect';
import { getSafeNext } from '@/lib/http/safe-url';

/** Django's admin has a sign-in page of its own; here the guard has sent strangers to ours. */
export const GET = loginRequired.handler(async (request) => {
  const query = new URLSearchParams(request.path.split('?')[1]);
  return redirectResponse(getSafeNext(request, { next: query.getAll('next') }) ?? '/admin/');
});
