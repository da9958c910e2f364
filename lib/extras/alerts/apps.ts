import { defineApp } from '@/lib/apps/define-app';

/** What somebody may be told by mail that they did not do themselves. */
export type Alert = 'superuser_made' | 'many_failures' | 'new_device';

/**
 * Mails about what nobody should find out late: a new superuser, many failed tries at one's name, a
 * sign-in from where one has not been.
 * Django: no counterpart; OWASP ASVS 5.0 6.3.5, 6.3.7
 */
export const alertsApp = defineApp({
  label: 'alerts',
  verboseName: 'Alerts',
  requires: ['auth', 'security-log'],
  models: {},
  settings: {
    /** What is told: `superuser_made` to superusers, the other two to whom it happens. */
    ALERTS: ['superuser_made', 'many_failures', 'new_device'] as readonly Alert[],
    /** Superusers at most who are told of a new one. */
    ALERTS_MAIL_MOST: 20,
  },
});
