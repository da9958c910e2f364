import { defineApp } from '@/lib/apps/define-app';

/**
 * To act as somebody else for a while, to see what they see: never to rise, and never unseen.
 * Django: no counterpart; django-hijack
 */
export const hijackApp = defineApp({
  label: 'hijack',
  verboseName: 'Impersonation',
  requires: ['auth', 'sessions', 'grant-rules'],
  models: {
    impersonation: {
      verboseName: 'impersonation',
      defaultPermissions: ['add', 'view'],
      fields: {
        impersonatorUsername: { verboseName: 'who' },
        username: { verboseName: 'as' },
      },
    },
  },
  settings: {
    /** Seconds after which acting as somebody ends by itself. */
    HIJACK_AGE: 1800,
    /** Whether a superuser may act as another. */
    HIJACK_SUPERUSERS: false,
    /** Whether members of staff may be acted as. */
    HIJACK_STAFF: false,
    /** Whether people are told by mail afterwards that somebody acted as them. */
    HIJACK_NOTIFY_USER: false,
  },
});
