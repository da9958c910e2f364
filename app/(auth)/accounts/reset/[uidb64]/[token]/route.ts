import { keepLink } from '@/app/(auth)/accounts/reset/link-cookie';
import { loginNotRequired } from '@/app/(auth)/guards';
import { setPasswordPath } from '@/lib/contrib/auth/passwords/reset-cookie';
import { redirectResponse } from '@/lib/http/redirect';
import type { HttpRequest } from '@/lib/http/request';

type Link = { uidb64: string; token: string };

/**
 * The token leaves the address bar for a cookie at once, whether it is good or not: the page judges
 * it, and judges it again when its form is sent. Only what cannot be a link is dropped here.
 */
async function openLink(
  request: HttpRequest,
  { params: { uidb64, token } }: { params: Link },
): Promise<Response> {
  const isLink = /^[\w-]{1,16}$/.test(uidb64) && /^[\da-z]{1,10}-[\da-f]{32}$/.test(token);
  if (isLink) await keepLink(request, { uidb64, token });
  return redirectResponse(setPasswordPath(isLink ? uidb64 : 'invalid'));
}

export const GET = loginNotRequired.handler(openLink);

export const POST = loginNotRequired.handler(openLink);
