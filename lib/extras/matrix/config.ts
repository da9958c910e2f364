import { defineConfig } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';

/** The matrix in the rail of the admin, and links to it from people and groups. */
export const matrixConfig = defineConfig('matrix', {
  adminHome: [
    {
      models: ['auth.group', 'auth.user'],
      steps: async () => [
        {
          text: 'Take a permission from a group, and read who loses it before you save',
          href: '/admin/auth/matrix/',
        },
      ],
    },
  ],
  adminLinks: [
    {
      href: '/admin/auth/matrix/',
      label: 'Permission matrix',
      key: 'm',
      rail: { section: 'Access', order: 10 },
      permissions: ['auth.view_group', 'auth.change_group'],
    },
  ],
  adminAdditions: [
    extendAdmin('auth.user', {
      objectLinks: async ({ id }, user) =>
        (await user.hasPerm('auth.view_group')) || (await user.hasPerm('auth.change_group'))
          ? [
              {
                label: 'Permission matrix',
                href: `/admin/auth/matrix/?user=${id}`,
                order: 10,
                kind: 'action',
              },
            ]
          : [],
    }),
    extendAdmin('auth.group', {
      objectLinks: async ({ id }) => [
        { label: 'Permission matrix', href: `/admin/auth/matrix/?group=${id}`, order: -10 },
      ],
    }),
  ],
});
