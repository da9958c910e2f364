import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { ownerRefusals } from '@/lib/contrib/auth/permissions/owner-refusals';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { endElsewhere } from '@/lib/contrib/sessions/store';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

/**
 * Everybody's sessions, without what they hold. To delete one ends it: whoever it belongs to is a
 * stranger at the next request.
 */
export const sessionAdmin = defineAdmin('sessions.session', {
  str: ({ id, userId }) => (userId === null ? `Session ${id}` : `Session ${id} of user ${userId}`),
  listDisplay: [
    'id',
    'userId',
    'ipAddress',
    { name: 'device', label: 'Device', value: ({ userAgent }) => describeUserAgent(userAgent) },
    'created',
    'lastSeen',
    'expireDate',
  ],
  listFilter: ['lastSeen'],
  searchFields: ['ipAddress', 'userAgent'],
  ordering: ['-lastSeen'],
  fieldsets: [
    {
      title: null,
      fields: ['userId', 'ipAddress', 'userAgent', 'created', 'lastSeen', 'expireDate'],
    },
  ],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  cleanDelete: checkSessionsEnd,
  deleting: endForGood,
});

// Whose account somebody may not touch, their sessions they may not end either.
async function checkSessionsEnd(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const owners = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    for (const { userId } of await tx.session.findMany({ where, select: { userId: true } })) {
      if (userId !== null) owners.add(userId);
    }
  }
  return ownerRefusals(tx, actor, { userIds: [...owners], act: 'ends a session of' });
}

async function endForGood(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await endElsewhere(tx, chunk);
    const where = { id: { in: chunk } };
    const rows = await tx.session.findMany({ where, select: { sessionKey: true, userId: true } });
    const names = await userNames(
      rows.map(({ userId }) => userId),
      tx,
    );
    for (const { sessionKey, userId } of rows) {
      const user = userId === null ? undefined : names.get(userId);
      await logSecurityEvent({
        name: 'session_expired',
        actor: actorOf(request),
        ...(user && { target: user }),
        request,
        detail: { reason: 'ended in the admin', ended: sessionKey },
        tx,
      });
    }
  }
}
