import { defineConfig } from '@/lib/apps/define-config';

/** Grants that end by themselves. */
export const accessRequestsConfig = defineConfig('access-requests', {
  grantTables: ['auth_timed_grant'],
});
