import { defineApp } from '@/lib/apps/define-app';

/**
 * Whoever is refused asks for what is missing, with a reason; whoever may grant it answers, and may give
 * it for a time, which ends by itself.
 * Django: no counterpart; access requests of Teleport and authentik
 */
export const accessRequestsApp = defineApp({
  label: 'access-requests',
  verboseName: 'Access requests',
  requires: ['auth', 'sessions', 'messages', 'admin'],
  isPersonal: true,
  accountLinks: [{ href: '/accounts/access-requests/', label: 'Access that you asked for' }],
  models: {
    accessrequest: {
      appLabel: 'access_requests',
      verboseName: 'access request',
      defaultPermissions: [],
    },
    timedgrant: {
      appLabel: 'access_requests',
      verboseName: 'grant for a time',
      verboseNamePlural: 'grants for a time',
      defaultPermissions: ['view'],
      fields: {
        until: { verboseName: 'ends' },
        granter: { verboseName: 'granted by' },
      },
    },
  },
  throttles: {
    /** Requests for access, by who asks and from where. */
    access_request: {
      account: { free: 10, delay: 60, maxDelay: 3600, forget: 86_400 },
      network: { free: 50, delay: 60, maxDelay: 3600, forget: 86_400 },
    },
  },
  settings: {
    /** Seconds that a grant for a time lasts at most: 90 days. */
    ACCESS_REQUESTS_MAX_AGE: 7_776_000,
    /** Whether access is asked for and given for good too. */
    ACCESS_REQUESTS_FOR_GOOD: true,
    /** People at most who are told by mail of a request that they may answer. */
    ACCESS_REQUESTS_MAIL_MOST: 5,
    /** Seconds that an ended grant and an answered request are kept: a year. */
    ACCESS_REQUESTS_KEEP: 31_536_000,
  },
});
