import { type AdminAddition, extendAdmin } from '@/lib/contrib/admin/additions';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

/** From a person to every permission and why, from a permission to whoever holds it. */
export const objectLinks: readonly AdminAddition[] = [
  extendAdmin('auth.user', {
    objectLinks: async ({ id }) => [
      {
        label: 'Permissions and why',
        href: userAdminPath(`${id}/permissions/`),
        order: -10,
        kind: 'tab',
      },
    ],
    rowLinks: async () => [
      {
        label: 'Permissions and why',
        href: userAdminPath(':id/permissions/'),
        order: -10,
      },
    ],
  }),
  extendAdmin('auth.permission', {
    objectLinks: async ({ id }, user) =>
      (await hasViewPermission(user, userAdmin()))
        ? [{ label: 'Who holds it', href: `/admin/auth/permission/${id}/holders/` }]
        : [],
  }),
];
