import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { userAdmin } from './user';

/** Permissions are made by `manage migrate`: here they are only read. */
export const permissionAdmin = defineAdmin('auth.permission', {
  str: ({ contentType, name }) => `${contentType.appLabel} | ${contentType.model} | ${name}`,
  listDisplay: ['name', 'contentType', 'codename'],
  searchFields: ['name', 'codename'],
  ordering: ['codename'],
  fieldsets: [{ title: null, fields: ['name', 'contentType', 'codename'] }],
  objectLinks: async ({ id }, user) =>
    (await hasViewPermission(user, userAdmin()))
      ? [{ label: 'Who holds it', href: `/admin/auth/permission/${id}/holders/` }]
      : [],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  hasDeletePermission: () => false,
});
