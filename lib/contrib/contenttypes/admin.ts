import { defineAdmin } from '@/lib/contrib/admin/options';

/** Content types are made by `manage migrate`: here they are only read. */
export const contentTypeAdmin = defineAdmin('contenttypes.contenttype', {
  str: ({ appLabel, model }) => `${appLabel} | ${model}`,
  listDisplay: ['appLabel', 'model'],
  searchFields: ['appLabel', 'model'],
  ordering: ['appLabel', 'model'],
  fieldsets: [{ title: null, fields: ['appLabel', 'model'] }],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  hasDeletePermission: () => false,
});
