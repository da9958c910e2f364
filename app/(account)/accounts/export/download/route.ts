import { loginRequired } from '@/app/(account)/guards';
import { exportOfUser } from '@/lib/contrib/auth/account/user-export';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import type { HttpRequest } from '@/lib/http/request';

/** All that the installed apps keep of whoever asks, as one file; first they show who they are. */
export const POST = loginRequired.handler(async (request: HttpRequest<User>) => {
  if (!isSignInFresh(request)) {
    const headers = { location: '/accounts/export/', 'cache-control': 'no-store' };
    return new Response(null, { status: 303, headers });
  }
  const { user } = request;
  const detail = { kind: 'export of own data' };
  await logSecurityEvent({ name: 'sensitive_read', actor: user, target: user, request, detail });
  const exported = { exported: new Date(), ...(await exportOfUser(user)) };
  const day = new Date().toISOString().slice(0, 10);
  return new Response(`${JSON.stringify(exported, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="account-${day}.json"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
