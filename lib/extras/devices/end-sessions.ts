import type { AuthRequest } from '@/lib/contrib/auth';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { transaction } from '@/lib/db/client';
import { endOtherSessions, endSession } from '@/lib/extras/devices/devices';

type OwnRequest = AuthRequest & SecurityRequest & { user: User };

/**
 * End another session of whoever asks, by the id in a form, and note which, in one transaction.
 * False when the id is none, not theirs, or gone already.
 */
export function endOwnSession(request: OwnRequest, id: unknown): Promise<boolean> {
  return transaction(async (tx) => {
    const sessionKey = await endSession(request.user.id, id, tx);
    if (sessionKey === null) return false;
    await logSecurityEvent({
      name: 'session_expired',
      actor: request.user,
      request,
      detail: { reason: 'ended by its owner', ended: sessionKey },
      tx,
    });
    return true;
  });
}

/**
 * End all sessions of whoever asks but the one that asks, and note how many, in one transaction.
 * Returns how many there were.
 */
export function endOwnOtherSessions(request: OwnRequest): Promise<number> {
  return transaction(async (tx) => {
    const count = await endOtherSessions(request.user.id, request.session.id, tx);
    if (count === 0) return 0;
    await logSecurityEvent({
      name: 'session_expired',
      actor: request.user,
      request,
      detail: { reason: 'ended by its owner', sessionsEnded: count },
      tx,
    });
    return count;
  });
}
