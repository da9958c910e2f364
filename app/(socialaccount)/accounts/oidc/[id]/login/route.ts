import { nextAfterLogin } from '@/app/(auth)/accounts/login/next';
import { loginNotRequired } from '@/app/(socialaccount)/guards';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { info } from '@/lib/contrib/messages/api';
import { LINKS_PATH } from '@/lib/extras/socialaccount/addresses';
import { providerOr404 } from '@/lib/extras/socialaccount/providers/configured';
import { beginAt } from '@/lib/extras/socialaccount/transaction/begin';
import { reasonOf, refuseSignIn } from '@/lib/extras/socialaccount/transaction/refusal';
import { formOf } from '@/lib/http/form-of';
import type { HttpRequest } from '@/lib/http/request';

export const POST = loginNotRequired.handler<{ id: string }>(async (request, call) => {
  const provider = providerOr404(call.params.id);
  const form = await formOf(call.request);
  const process = form.get('process') === 'connect' ? 'connect' : 'login';
  if (process === 'connect' && !mayConnect(request)) return seeOther(LINKS_PATH);
  const next = nextAfterLogin(request, form);
  try {
    return seeOther(await beginAt(request, provider, { process, next }));
  } catch (error) {
    return seeOther(await refuseSignIn(request, provider.id, reasonOf(error)));
  }
});

function mayConnect(request: HttpRequest): boolean {
  if (!isSignedIn(request)) return false;
  if (isSignInFresh(request)) return true;
  info(request, 'You signed in a while ago. Show once more who you are, and link it again.');
  return false;
}

function isSignedIn(request: HttpRequest): request is HttpRequest<User> {
  return request.user.isAuthenticated;
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
