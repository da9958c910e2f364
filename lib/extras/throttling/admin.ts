import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { fewOf } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import { ownersOfAttempts } from '@/lib/extras/throttling/list';

/**
 * What is counted of failed tries. To delete a count lifts its wait. Accounts stand here as hashes:
 * `manage throttle` finds whose they are.
 */
export const throttleAdmin = defineAdmin('security.throttle', {
  rail: { section: 'Activity', order: 30 },
  str: ({ kind, scope, key }) => `${kind} by ${scope} ${key}`,
  listDisplay: [
    'key',
    'kind',
    'scope',
    'tries',
    'refused',
    {
      name: 'blockedUntil',
      label: 'Waits until',
      ordering: 'blockedUntil',
      value: ({ blockedUntil }) => (blockedUntil.getTime() === 0 ? null : blockedUntil),
    },
    'started',
  ],
  listFilter: ['kind', 'scope'],
  searchFields: ['=key'],
  ordering: ['-blockedUntil'],
  fieldsets: [
    { title: null, fields: ['kind', 'scope', 'key'] },
    { title: 'Tries', fields: ['tries', 'refused', 'blockedUntil', 'started'] },
  ],
  cleanDelete: checkWaitsLifted,
  deleting: logLifted,
});

// A wait that is lifted gives whoever guesses at the account new tries. Networks are nobody's.
async function checkWaitsLifted(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  if (actor.isActive && actor.isSuperuser && actor.attenuation === null) return [];
  const owners = await ownersOfAttempts(tx, ids);
  const refusals = await identityRefusals(actor, owners, { client: tx, act: 'lifts a wait of' });
  return fewOf(refusals.values());
}

async function logLifted(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  await logSecurityEvent({
    name: 'authz_admin',
    actor: actorOf(request),
    request,
    detail: { reason: 'waits lifted', count: ids.length },
    tx,
  });
}
