import { defineConfig, receiver } from '@/lib/apps/define-config';
import { settings } from '@/lib/conf/settings';
import { securityEvent, securityEvents } from '@/lib/contrib/auth/events/security-events';
import { loginCompleted } from '@/lib/contrib/auth/signals';
import { accountDeletionAdmin } from './admin/account-deletion';
import { emailAddressAdmin } from './admin/email-address';
import { invitationAdmin } from './admin/invitation';
import { invitationsHome } from './admin/invitations-home';
import { userAdditions } from './admin/user-additions';
import { importAddresses } from './allauth/import-addresses';
import { sharedAddresses } from './allauth/shared-addresses';
import { checkAddressTable } from './allauth/table-check';
import { checkAccounts } from './checks';
import { codeWaysIn } from './login-code/login-code';
import { dropAllTurned, dropTurned, remindOfVerification } from './receivers';
import { deleteOfUsers } from './user-deletion';
import { exportAddresses } from './user-export';
import { verifyEmailStage } from './verification/stage';

/** allauth: account/apps.py AccountConfig */
export const accountConfig = defineConfig('account', {
  allauthImports: [importAddresses],
  admins: [emailAddressAdmin, invitationAdmin, accountDeletionAdmin],
  adminAdditions: [userAdditions],
  adminHome: [invitationsHome],
  checks: [checkAccounts],
  databaseChecks: [checkAddressTable],
  commands: { clearaccounts: () => import('./management/commands/clearaccounts') },
  loginStages: [verifyEmailStage],
  rowsOfOthers: [
    {
      prismaName: 'EmailAddress',
      table: 'account_emailconfirmation',
      column: 'email_address_id',
    },
  ],
  refusedRows: [sharedAddresses],
  receivers: [
    receiver(loginCompleted, remindOfVerification),
    receiver(securityEvent, dropTurned),
    receiver(securityEvents, dropAllTurned),
  ],
  signInWays: [
    {
      name: 'login_code',
      label: 'Sign in by a mailed code',
      href: '/accounts/login/code/',
      isOffered: () => settings.ACCOUNT_LOGIN_BY_CODE_ENABLED,
    },
    {
      name: 'signup',
      label: 'Register',
      href: '/accounts/signup/',
      isForNewcomers: true,
      isOffered: () => settings.ACCOUNT_SIGNUP_ENABLED,
    },
  ],
  userDeletion: deleteOfUsers,
  userExport: exportAddresses,
  waysIn: [codeWaysIn],
  paletteEntries: [{ pages: () => [{ label: 'Your email addresses', href: '/accounts/email/' }] }],
});
