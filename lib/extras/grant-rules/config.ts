import { defineConfig } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { idsIn } from '@/lib/forms/fields';
import { checkUserDeletion } from './deletion-rules';
import { checkGroupChange, userChangeErrors } from './rules';
import { lockAccounts } from './superusers';

/** What the rules refuse on the screens of users and groups. */
export const grantRulesConfig = defineConfig('grant-rules', {
  adminAdditions: [
    extendAdmin('auth.user', {
      lock: (tx, id: number | null) => lockAccounts(tx, id === null ? [] : [id]),
      clean: (tx, { request, before, values, locked }) =>
        userChangeErrors(tx, request.user, { accounts: locked, before, next: values }),
      cleanDelete: checkUserDeletion,
    }),
    extendAdmin('auth.group', {
      clean: (tx, { request, before, values }) =>
        checkGroupChange(tx, request.user, {
          group: before,
          permissionIds: idsIn(values['permissions']),
        }),
    }),
  ],
});
