import { defineApp } from '@/lib/apps/define-app';

/**
 * Users, groups and permissions, in the order in which Django makes their content types.
 * Django: contrib/auth/apps.py, contrib/auth/models.py
 */
export const authApp = defineApp({
  label: 'auth',
  verboseName: 'Authentication and Authorization',
  requires: ['contenttypes', 'sessions', 'messages'],
  publicPaths: [
    '/accounts/login/',
    '/accounts/logout/',
    '/accounts/password_reset/',
    '/accounts/password_reset/done/',
    '/accounts/reset/:uidb64/:token/',
    '/accounts/reset/:uidb64/set-password/',
    '/accounts/reset/done/',
  ],
  // Each for an account and for a network, which many people share: it may fail more often, and waits
  // less.
  throttles: {
    login: {
      account: { free: 5, delay: 1, maxDelay: 900, forget: 86_400 },
      network: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
    },
    /** Each mail counts, not each failure: nobody needs more than three reset mails at once. */
    password_reset: {
      account: { free: 3, delay: 60, maxDelay: 3600, forget: 86_400 },
      network: { free: 20, delay: 10, maxDelay: 300, forget: 3600 },
    },
    /** Whoever sits at an open session and guesses the old password. */
    password_change: {
      account: { free: 5, delay: 1, maxDelay: 900, forget: 86_400 },
      network: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
    },
  },
  accountLinks: [{ href: '/accounts/password_change/', label: 'Change password' }],
  models: {
    permission: {
      verboseName: 'permission',
      fields: { contentType: { verboseName: 'content type' } },
    },
    group: { verboseName: 'group', fields: { permissions: { isBlank: true } } },
    user: {
      verboseName: 'user',
      swappable: 'AUTH_USER_MODEL',
      fields: {
        username: { helpText: '150 characters or fewer. Letters, digits and @/./+/-/_ only.' },
        firstName: { isBlank: true },
        lastName: { isBlank: true },
        email: { verboseName: 'email address', isBlank: true },
        isActive: {
          verboseName: 'active',
          helpText: 'Whether the person may sign in. Take this away instead of deleting accounts.',
        },
        isStaff: {
          verboseName: 'staff status',
          helpText: 'Whether the person may enter this admin.',
        },
        isSuperuser: {
          verboseName: 'superuser status',
          helpText: 'Holds every permission without being granted it.',
        },
        groups: {
          isBlank: true,
          helpText: 'The person holds every permission that is granted to each of their groups.',
        },
        userPermissions: {
          verboseName: 'user permissions',
          helpText: 'Granted to this person alone.',
          isBlank: true,
        },
      },
    },
  },
});
