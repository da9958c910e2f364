import { loginNotRequired } from '@/app/(socialaccount)/guards';
import { logOutByProvider } from '@/lib/extras/socialaccount/logout/back-channel';
import { providerOr404 } from '@/lib/extras/socialaccount/providers/configured';
import { formOf } from '@/lib/http/form-of';

const NO_STORE = { 'cache-control': 'no-store' };

/** A provider's own server says whom it has signed out: no browser, no cookie. */
export const POST = loginNotRequired.handler<{ id: string }>(async (request, call) => {
  const provider = providerOr404(call.params.id);
  const token = (await formOf(call.request)).get('logout_token');
  const isTaken = typeof token === 'string' && (await logOutByProvider(request, provider, token));
  if (isTaken) return new Response(null, { status: 200, headers: NO_STORE });
  return Response.json({ error: 'invalid_request' }, { status: 400, headers: NO_STORE });
});
