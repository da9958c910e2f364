import { defineConfig } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { checkGroupChange, checkUserChange, checkUserDeletion } from './rules';

/** What the rules refuse on the screens of users and groups. */
export const grantRulesConfig = defineConfig('grant-rules', {
  adminAdditions: [
    extendAdmin('auth.user', {
      clean: (tx, { request, before, values }) => checkUserChange(tx, request.user, before, values),
      cleanDelete: checkUserDeletion,
    }),
    extendAdmin('auth.group', {
      clean: (tx, { request, before, values }) =>
        checkGroupChange(tx, request.user, before?.id ?? null, idsOf(values['permissions'])),
    }),
  ],
});

function idsOf(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'number') : [];
}
