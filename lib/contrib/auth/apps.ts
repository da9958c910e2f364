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
