import { nextAfterLogin } from '@/app/(auth)/accounts/login/next';
import { passkeyLoginRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { settings } from '@/lib/conf/settings';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { error } from '@/lib/contrib/messages/api';
import { describeWait } from '@/lib/core/wait';
import { loginByPasskey, type PasskeyLogin } from '@/lib/extras/mfa/passkeys/login';
import { formOf } from '@/lib/http/form-of';
import type { HttpRequest } from '@/lib/http/request';

const NO_STORE = { 'cache-control': 'no-store' };
const REFUSED = 'This passkey does not sign you in here. Use another one, or your password.';

export const POST = loginNotRequired.handler(async (request, call) => {
  passkeyLoginRequired();
  const form = await formOf(call.request);
  const next = nextAfterLogin(request, form);
  const login = await loginByPasskey(request, String(form.get('credential') ?? ''));
  if (!('user' in login)) return refuse(request, login, next);
  const { user, backend } = login;
  const remember = form.get('remember_me') === 'on';
  const way = { method: 'passkey', backend, next, remember };
  const location = await completeLogin(request, user, way);
  return isAskedByScript(request)
    ? Response.json({ location }, { headers: NO_STORE })
    : new Response(null, { status: 303, headers: { ...NO_STORE, location } });
});

function refuse(
  request: HttpRequest,
  login: Exclude<PasskeyLogin, { user: unknown }>,
  next: string | null,
): Response {
  const { status, message, ...more } =
    'retryAfter' in login
      ? {
          status: 429,
          message: `Too many tries. Try again ${describeWait(login.retryAfter)}.`,
          retryAfter: login.retryAfter,
        }
      : { status: 403, message: REFUSED, unknown: login.unknown };
  if (isAskedByScript(request)) {
    const waits = 'retryAfter' in more && { 'retry-after': String(more.retryAfter) };
    return Response.json({ message, ...more }, { status, headers: { ...NO_STORE, ...waits } });
  }
  error(request, message);
  const query = next === null ? '' : `?${new URLSearchParams({ next })}`;
  const location = settings.LOGIN_URL + query;
  return new Response(null, { status: 303, headers: { ...NO_STORE, location } });
}

function isAskedByScript({ headers }: HttpRequest): boolean {
  return headers.get('accept')?.includes('application/json') ?? false;
}
