import { defineConfig, receiver } from '@/lib/apps/define-config';
import { postMigrate } from '@/lib/db/signals';
import { exportAccount } from './account/own-export';
import { groupAdmin } from './admin/group';
import { groupsHome, membersHome, permissionsHome } from './admin/home/access-home';
import { peopleHome } from './admin/home/people-home';
import { authEntries } from './admin/palette-entries';
import { permissionAdmin } from './admin/permission';
import { userAdmin } from './admin/user';
import { groupsInAdmin } from './admin/visible-groups';
import { checkAuthentication, checkHashingCost } from './checks';
import { passwordConfirmation } from './confirmations/password';
import { siteUsers } from './management/adopt/site-users';
import { tellAdoptedHashes } from './management/adopted-hashes';
import { makePermissions } from './management/create-permissions';
import { pointAtUsers } from './management/point-at-users';
import { checkPasswords } from './password-validation/checks';
import { checkPasswordReset } from './passwords/reset-checks';
import { checkStoredHashes } from './passwords/stored-hash-checks';
import { ACCOUNT_PERMISSIONS } from './permissions/powerful';
import { checkRemoteUser } from './remote-user/checks';
import { checkUsernameIsUnique } from './users/checks/user-model-checks';
import { checkUserTables } from './users/checks/user-table-checks';
import { userList } from './users/user-list';

/** Django: contrib/auth/apps.py AuthConfig */
export const authConfig = defineConfig('auth', {
  admins: [userAdmin, groupAdmin, permissionAdmin],
  adminHome: [peopleHome, groupsHome, membersHome, permissionsHome],
  checks: [checkAuthentication, checkPasswords, checkPasswordReset, checkRemoteUser],
  databaseChecks: [checkUsernameIsUnique, checkUserTables, checkStoredHashes],
  deployChecks: [checkHashingCost],
  commands: {
    changepassword: () => import('./management/commands/changepassword'),
    createsuperuser: () => import('./management/commands/createsuperuser'),
    giveback: () => import('./management/commands/giveback'),
    importallauth: () => import('./management/commands/importallauth'),
  },
  confirmations: [passwordConfirmation],
  groupsSeen: [groupsInAdmin],
  powerfulPermissions: ACCOUNT_PERMISSIONS,
  listedTables: [() => userList()],
  siteUsers: [() => siteUsers()],
  userExport: exportAccount,
  receivers: [
    receiver(postMigrate, pointAtUsers),
    receiver(postMigrate, makePermissions),
    receiver(postMigrate, tellAdoptedHashes),
  ],
  paletteEntries: [authEntries],
});
