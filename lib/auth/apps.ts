import { defineApp } from '@/lib/contenttypes/define-app';

/**
 * Users, groups and permissions, in the order in which Django makes their content types.
 * Django: contrib/auth/apps.py, contrib/auth/models.py
 */
export const authApp = defineApp({
  label: 'auth',
  verboseName: 'Authentication and Authorization',
  models: {
    permission: { verboseName: 'permission' },
    group: { verboseName: 'group' },
    user: { verboseName: 'user' },
  },
});
