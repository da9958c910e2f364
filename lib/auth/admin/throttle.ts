import { type AdminRequest, defineAdmin } from '@/lib/admin/options';
import { logSecurityEvent } from '@/lib/auth/security-log';
import type { TransactionClient } from '@/lib/db/client';
import { actorOf } from './user-changes';

/**
 * What is counted of failed tries. To delete a count lifts its wait. Accounts stand here as hashes:
 * `manage throttle` finds whose they are.
 */
export const throttleAdmin = defineAdmin('security.throttle', {
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
  deleting: logLifted,
});

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
