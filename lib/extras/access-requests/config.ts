import { defineConfig } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { timedGrantAdmin } from './admin';
import { clearExpiredGrants } from './clear-expired';
import { grantFacts } from './facts';
import { requestPart } from './forbidden-part';
import { exportAccessRequests } from './user-export';

/** Grants that end by themselves, the way from the page of a refusal, and a queue in the admin. */
export const accessRequestsConfig = defineConfig('access-requests', {
  grantTables: ['auth_timed_grant'],
  forbiddenParts: [requestPart],
  admins: [timedGrantAdmin],
  adminAdditions: [extendAdmin('auth.user', { facts: grantFacts })],
  adminLinks: [
    {
      href: '/admin/access_requests/accessrequest/',
      label: 'Access requests',
      rail: { section: 'Access', order: 40 },
      permissions: ['auth.change_user'],
    },
  ],
  commands: {
    clearexpiredgrants: () => import('./management/commands/clearexpiredgrants'),
  },
  clearExpired: [() => clearExpiredGrants()],
  // The database takes them with a user of `auth.User`; a model of one's own may have no such key.
  userDeletion: async (tx, ids) => {
    const where = { userId: { in: [...ids] } };
    await tx.accessRequest.deleteMany({ where });
    await tx.timedGrant.deleteMany({ where });
  },
  userExport: exportAccessRequests,
  paletteEntries: [
    {
      pages: () => [{ href: '/accounts/access-requests/', label: 'Access that you asked for' }],
    },
  ],
});
