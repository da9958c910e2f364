import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { sessionAdmin } from '@/lib/contrib/sessions/admin';
import { passwordFact } from './password-summary';
import { tellUser } from './tell-user';
import { userActions } from './user-actions';
import { isGrantToUser, userSaved } from './user-changes';
import { logUserDeletions } from './user-deletion';
import { emailField, usernameField } from './user-fields';

/** Django: contrib/auth/admin.py UserAdmin */
export const userAdmin = defineAdmin('auth.user', {
  hasPrivateNames: true,
  listDisplay: ['username', 'email', 'firstName', 'lastName', 'isStaff'],
  listFilter: ['isStaff', 'isSuperuser', 'isActive', 'groups'],
  searchFields: ['username', 'firstName', 'lastName', 'email'],
  ordering: ['username'],
  actions: userActions,
  filterHorizontal: ['groups', 'userPermissions'],
  readonlyFields: ['lastLogin', 'dateJoined'],
  fieldsets: [
    { title: null, fields: ['username'] },
    { title: 'Personal info', fields: ['firstName', 'lastName', 'email'] },
    {
      title: 'Permissions',
      fields: ['isActive', 'isStaff', 'isSuperuser', 'groups', 'userPermissions'],
    },
    { title: 'Important dates', fields: ['lastLogin', 'dateJoined'] },
  ],
  formFields: { username: usernameField, email: emailField },
  hasOwnAddPage: true,
  objectLinks: async ({ id }, user) =>
    (await hasViewPermission(user, sessionAdmin))
      ? [{ label: 'Sessions', href: `/admin/sessions/session/?user_id=${id}` }]
      : [],
  facts: async (row, user) => [await passwordFact(row.id, user)],
  hasAddPermission: (user) => user.hasPerm('auth.change_user'),
  isGrant: isGrantToUser,
  saved: userSaved,
  committed: tellUser,
  deleting: logUserDeletions,
});
