import { BACKEND_SESSION_KEY } from '@/lib/contrib/auth';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { userLoggedIn, userLoggedOut, userLoginFailed } from '@/lib/contrib/auth/signals';
import type { PayloadOf } from '@/lib/dispatch';

/** What a signal tells its receivers. */
/** A sign-in, by what, and whether tries had failed before it. */
export async function logLoggedIn({
  request,
  user,
  methods,
  tx,
}: PayloadOf<typeof userLoggedIn>): Promise<void> {
  const failures = (request.attempt?.tries ?? 1) - 1;
  await logSecurityEvent({
    name: failures > 0 ? 'authn_login_successafterfail' : 'authn_login_success',
    actor: user,
    request,
    detail: {
      backend: String(request.session.get(BACKEND_SESSION_KEY)),
      failures,
      methods: methods.map(({ method }) => method),
    },
    tx,
  });
}

/** A sign-out; a stranger's is nothing to remember. */
export async function logLoggedOut({
  request,
  user,
}: PayloadOf<typeof userLoggedOut>): Promise<void> {
  if (!user) return;
  const detail = { reason: 'logout' };
  await logSecurityEvent({ name: 'session_expired', actor: user, request, detail });
}

/** A failed sign-in; the one after which waiting begins is told of once more by its own name. */
export async function logLoginFailed({
  credentials: { username },
  request,
}: PayloadOf<typeof userLoginFailed>): Promise<void> {
  const attempt = request?.attempt;
  const event = {
    ...(typeof username === 'string' && { username }),
    ...(request && { request }),
  };
  await logSecurityEvent({ ...event, name: 'authn_login_fail' });
  if (attempt && attempt.tries === attempt.free) {
    const detail = { maxLimit: attempt.free };
    await logSecurityEvent({ ...event, name: 'authn_login_fail_max', detail });
  }
}
