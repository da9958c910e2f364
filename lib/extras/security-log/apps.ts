import { defineApp } from '@/lib/apps/define-app';

/**
 * What the application keeps of its own beside Django's tables, to be seen in the admin.
 * Django: no counterpart
 */
export const securityApp = defineApp({
  label: 'security',
  verboseName: 'Security',
  models: {
    securitylogentry: {
      verboseName: 'security log entry',
      verboseNamePlural: 'security log entries',
      defaultPermissions: ['view'],
      fields: {
        actorUsername: { verboseName: 'by' },
        targetUsername: { verboseName: 'to' },
        ipAddress: { verboseName: 'IP address' },
      },
    },
    throttle: {
      verboseName: 'throttle',
      defaultPermissions: ['delete', 'view'],
      fields: { blockedUntil: { verboseName: 'waits until' } },
    },
  },
});
