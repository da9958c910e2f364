import { settings } from '@/lib/conf/settings';
import { getUser } from '@/lib/contrib/auth';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { AnonymousUser, type RequestUser, type User } from '@/lib/contrib/auth/models';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import type { Session } from '@/lib/contrib/sessions/session';
import { db, transaction } from '@/lib/db/client';
import type { HttpRequest } from '@/lib/http/request';
import { after } from '@/lib/http/source/current-source';
import { impersonationMail } from './impersonation-mail';
import { restoreCookie, takeParked } from './parked-session';

/**
 * Stop acting as somebody: their session ends, and one's own comes back as it was, with the age of its
 * proofs, if it still counts. Otherwise nobody is signed in. Returns who goes on. For actions.
 * django-hijack: views.py ReleaseUserView
 */
export async function release(request: HttpRequest): Promise<RequestUser> {
  const { user, session } = request;
  if (!user.isAuthenticated || !user.impersonator) return user;
  const actor = user.impersonator;
  await noteEnd({ ...request, user }, 'stop');
  if (settings.HIJACK_NOTIFY_USER) {
    const reason = reasonIn(session);
    after(() => sendMailQuietly(user, impersonationMail(user, actor, reason)));
  }
  const seal = await takeParked(request);
  const stored = seal && (await loadSession(seal));
  const owner = stored ? await getUser(stored.session, stored.user ?? undefined) : null;
  if (!seal || !stored || !owner?.equals(actor)) {
    request.session.flush();
    return new AnonymousUser();
  }
  await db.session.deleteMany({ where: { id: session.id ?? 0 } });
  await restoreCookie(request, seal);
  request.session = stored.session;
  return owner;
}

/**
 * Note that somebody stopped acting, in one transaction with the log: the session's row of
 * `auth_impersonation` says since when and by what. Nothing for a session in which nobody acts.
 */
export async function noteEnd(
  {
    user,
    session,
    ...request
  }: Pick<HttpRequest<User>, 'user' | 'session'> & { ipAddress?: string },
  endedBy: 'stop' | 'sign-out',
): Promise<void> {
  const actor = user.impersonator;
  const { keyHash } = session;
  if (!actor || keyHash === null) return;
  await transaction(async (tx) => {
    const where = { sessionKey: keyHash, ended: null };
    await tx.impersonation.updateMany({ where, data: { ended: new Date(), endedBy } });
    await logSecurityEvent({
      name: 'authz_admin',
      actor: user,
      target: { id: user.id, username: user.getUsername() },
      request: { ...request, session },
      detail: { impersonation: 'stop', by: endedBy },
      tx,
    });
  });
}

function reasonIn(session: Session): string {
  const state = session.get(IMPERSONATOR_KEY);
  return typeof state === 'object' && state !== null && 'reason' in state
    ? String(state.reason)
    : '';
}
