import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

/** Where signing in leads: the form's `next` if it has one, safe or not; else that of the address. */
export function nextAfterLogin(request: HttpRequest, form: FormData): string | null {
  if (form.has('next')) return getSafeNext(request, form);
  const query = new URLSearchParams(request.path.split('?')[1]);
  return getSafeNext(request, { next: query.getAll('next') });
}
