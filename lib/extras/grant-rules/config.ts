import { defineConfig } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { idsIn } from '@/lib/forms/fields';
import { checkUserDeletion } from './deletion-rules';
import { identityRefusals } from './identity';
import { notGrantable } from './may-grant';
import { checkGroupChange, checkGroupGrants, userChangeErrors } from './rules';

/** The rules, and what they refuse on the screens of users and groups. */
export const grantRulesConfig = defineConfig('grant-rules', {
  accountRules: [
    { identityRefusals, userChangeErrors, groupGrantErrors: checkGroupGrants, notGrantable },
  ],
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
