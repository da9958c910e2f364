import { defineAdmin } from '@/lib/admin/options';
import { isGrantToGroup, logGroupChange } from './user-changes';

/** Django: contrib/auth/admin.py GroupAdmin */
export const groupAdmin = defineAdmin('auth.group', {
  searchFields: ['name'],
  ordering: ['name'],
  filterHorizontal: ['permissions'],
  fieldsets: [{ title: null, fields: ['name', 'permissions'] }],
  isGrant: isGrantToGroup,
  saved: logGroupChange,
});
