import { defineAdmin } from '@/lib/contrib/admin/options';
import { givenFilter } from './unused';

/** Permissions are made by `manage migrate`: here they are only read. */
export const permissionAdmin = defineAdmin('auth.permission', {
  rail: { section: 'Access', order: 20 },
  str: ({ contentType, name }) => `${contentType.appLabel} | ${contentType.model} | ${name}`,
  listDisplay: ['name', 'contentType', 'codename'],
  searchFields: ['name', 'codename'],
  listFilter: [givenFilter],
  ordering: ['codename'],
  fieldsets: [{ title: null, fields: ['name', 'contentType', 'codename'] }],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  hasDeletePermission: () => false,
});
