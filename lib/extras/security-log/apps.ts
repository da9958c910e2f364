import { defineApp } from '@/lib/apps/define-app';

/**
 * What happened to accounts and rights, kept and printed. Its model stands under `security`, beside
 * Django's tables.
 * Django: no counterpart
 */
export const securityLogApp = defineApp({
  label: 'security-log',
  verboseName: 'Security',
  requires: ['auth'],
  accountLinks: [{ href: '/accounts/sign-ins/', label: 'Recent sign-ins' }],
  models: {
    securitylogentry: {
      appLabel: 'security',
      verboseName: 'security log entry',
      verboseNamePlural: 'security log entries',
      defaultPermissions: ['view'],
      fields: {
        actorUsername: { verboseName: 'by' },
        subjectUsername: { verboseName: 'as' },
        targetUsername: { verboseName: 'to' },
        ipAddress: { verboseName: 'IP address' },
      },
    },
  },
});
