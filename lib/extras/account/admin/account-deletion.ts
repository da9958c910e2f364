import { type AdminRequest, defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { TransactionClient } from '@/lib/db/client';

/**
 * The accounts whose owners asked for their deletion. To delete such a request keeps the account, which
 * stays inactive, and ends the link that undoes it.
 */
export const accountDeletionAdmin = defineAdmin('account.accountdeletion', {
  rail: { section: 'People', order: 60 },
  str: ({ userId }) => `Deletion of user ${userId}`,
  listDisplay: ['id', 'userId', 'requested', 'due'],
  listFilter: ['due'],
  ordering: ['due'],
  fieldsets: [{ title: null, fields: ['userId', 'requested', 'due'] }],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  deleting: logTakenAway,
});

async function logTakenAway(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  const detail = { reason: 'deletions taken away', count: ids.length };
  const actor = actorOf(request);
  await logSecurityEvent({ name: 'authz_admin', actor, request, detail, tx });
}
