import { loginRequired } from '@/app/(admin)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { redirectResponse } from '@/lib/http/redirect';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

/** Django's admin has a sign-in page of its own; here the guard has sent strangers to ours. */
export const GET = loginRequired.handler(async (request: HttpRequest<User>) => {
  const query = new URLSearchParams(request.path.split('?')[1]);
  return redirectResponse(getSafeNext(request, { next: query.getAll('next') }) ?? '/admin/');
});
