import { defineAdmin } from '@/lib/admin/options';
import { checkGroupChange } from '@/lib/auth/privileges';
import { isGrantToGroup, logGroupChange } from './user-changes';

/** Django: contrib/auth/admin.py GroupAdmin */
export const groupAdmin = defineAdmin('auth.group', {
  searchFields: ['name'],
  ordering: ['name'],
  filterHorizontal: ['permissions'],
  fieldsets: [{ title: null, fields: ['name', 'permissions'] }],
  clean: (tx, { request, before, values }) =>
    checkGroupChange(tx, request.user, before?.id ?? null, idsOf(values['permissions'])),
  isGrant: isGrantToGroup,
  saved: logGroupChange,
});

function idsOf(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'number') : [];
}
