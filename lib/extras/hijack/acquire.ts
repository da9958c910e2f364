import { settings } from '@/lib/conf/settings';
import { BACKEND_SESSION_KEY, bindSession } from '@/lib/contrib/auth';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import { Session } from '@/lib/contrib/sessions/session';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { TransactionClient } from '@/lib/db/client';
import { clientOf, type HttpRequest } from '@/lib/http/request';
import { whyNotImpersonate } from './may-impersonate';
import { parkSession } from './parked-session';

/**
 * Begin to act as somebody: one's own session is put aside, and a new one of theirs begins, which ends
 * by itself. It has no proof of who they are, so that nothing that asks for one is open. They are not
 * signed in: `last_login` stays, and with it a link to reset their password. Throws PermissionDenied
 * with the sentence that says why not. For actions.
 * django-hijack: views.py AcquireUserView
 */
export async function acquire(
  request: HttpRequest<User>,
  target: User,
  reason: string,
): Promise<void> {
  const actor = request.user;
  const refusal = await whyNotImpersonate(actor, target);
  if (refusal !== null) throw new PermissionDenied(refusal);
  const own = await parkSession(request);
  const session = new Session();
  bindSession(session, target, String(request.session.get(BACKEND_SESSION_KEY) ?? ''));
  session.setExpiry(0);
  const started = new Date();
  const until = started.getTime() + settings.HIJACK_AGE * 1000;
  session.set(IMPERSONATOR_KEY, { id: actor.id, own, reason, until });
  await session.write(clientOf(request), {
    along: (tx) =>
      note(tx, request, { target, reason, started, sessionKey: session.keyHash ?? '' }),
  });
  request.session = session;
}

type Begun = { target: User; reason: string; started: Date; sessionKey: string };

async function note(
  tx: TransactionClient,
  request: HttpRequest<User>,
  { target, reason, started, sessionKey }: Begun,
): Promise<void> {
  const actor = request.user;
  // Locked, so that whoever is deactivated at this moment is not acted as, nor acts.
  const accounts = await lockAccounts(tx, [actor.id, target.id]);
  if (![actor, target].every(({ id }) => accounts.get(id)?.isActive)) {
    throw new PermissionDenied('One of the accounts is inactive.');
  }
  const who = { impersonatorId: actor.id, impersonatorUsername: actor.getUsername() };
  const whom = { userId: target.id, username: target.getUsername() };
  await tx.impersonation.create({
    data: { ...who, ...whom, reason, started, endedBy: '', sessionKey },
    select: { id: true },
  });
  await logSecurityEvent({
    name: 'authz_admin',
    actor,
    target: { id: target.id, username: target.getUsername() },
    request,
    detail: { impersonation: 'start', reason, began: sessionKey },
    tx,
  });
}
