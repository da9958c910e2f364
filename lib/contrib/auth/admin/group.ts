import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { nameField } from '@/lib/forms/fields';
import { membersColumn, permissionsColumn, powersColumn } from './group-columns';
import { userAdmin } from './user';
import { isGrantToGroup, logGroupChange } from './user-changes';

/** Django: contrib/auth/admin.py GroupAdmin */
export const groupAdmin = defineAdmin('auth.group', {
  formFields: { name: nameField({ max: 150, required: 'This field is required.' }) },
  listDisplay: [
    { name: '__str__', label: 'Group', value: ({ name }) => name },
    membersColumn,
    permissionsColumn,
    powersColumn,
  ],
  searchFields: ['name'],
  ordering: ['name'],
  filterHorizontal: ['permissions'],
  fieldsets: [{ title: null, fields: ['name', 'permissions'] }],
  objectLinks: async ({ id }, user) =>
    (await hasViewPermission(user, userAdmin()))
      ? [{ label: 'Members', href: userAdminPath(`?groups__id__exact=${id}`) }]
      : [],
  isGrant: isGrantToGroup,
  saved: logGroupChange,
});
