import { extendAdmin } from '@/lib/contrib/admin/additions';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { securityLogAdmin } from './admin';

/** From a person to what happened to them, for whoever may view the log. */
export const userAdditions = extendAdmin('auth.user', {
  objectLinks: async ({ id }, viewer) =>
    (await hasViewPermission(viewer, securityLogAdmin))
      ? [{ label: 'Activity', href: userAdminPath(`${id}/activity/`), order: 5, kind: 'tab' }]
      : [],
});
