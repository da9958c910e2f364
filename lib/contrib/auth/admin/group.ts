import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { visibleText } from '@/lib/core/text';
import { nameField } from '@/lib/forms/fields';
import { membersColumn, permissionsColumn, powersColumn } from './group-columns';
import { logGroupDeletions } from './group-deletion';
import { groupLocks } from './rights/locks';
import { reviewGroupChange, reviewGroupDeletion } from './rights/reviews';
import { membersFilter } from './unused';
import { userAdmin } from './user';
import { isGrantToGroup, logGroupChange } from './user-changes';

/** Django: contrib/auth/admin.py GroupAdmin */
export const groupAdmin = defineAdmin('auth.group', {
  rail: { section: 'Access' },
  formFields: { name: nameField({ max: 150, required: 'This field is required.' }) },
  listDisplay: [
    { name: '__str__', label: 'Group', value: ({ name }) => visibleText(name) },
    membersColumn,
    permissionsColumn,
    powersColumn,
  ],
  searchFields: ['name'],
  listFilter: [membersFilter],
  ordering: ['name'],
  filterHorizontal: ['permissions'],
  saveAs: true,
  fieldsets: [{ title: null, fields: ['name', 'permissions'] }],
  objectLinks: async ({ id }, user) =>
    (await hasViewPermission(user, userAdmin()))
      ? [{ label: 'Members', href: `/admin/auth/group/${id}/members/` }]
      : [],
  isGrant: isGrantToGroup,
  review: reviewGroupChange,
  locks: groupLocks,
  reviewDeletion: reviewGroupDeletion,
  saved: logGroupChange,
  deleting: logGroupDeletions,
});
