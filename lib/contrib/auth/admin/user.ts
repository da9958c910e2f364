import { modelMeta } from '@/lib/contrib/admin/meta';
import { holdsPermission } from '@/lib/contrib/admin/model-permissions';
import { adminOf, type ModelAdmin, type Options, type Row } from '@/lib/contrib/admin/options';
import { modelGraph } from '@/lib/contrib/auth/users/model-graph';
import { getUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { addUserFromFile } from './add-user';
import { passwordFact } from './password-summary';
import { hasSignInTimes, lastSignInFilter } from './people/last-sign-in';
import { stackedColumns, userColumns } from './people/user-columns';
import { userHeader } from './people/user-header';
import { userObjectLinks, userRowLinks } from './people/user-menu';
import { userLocks } from './rights/locks';
import { membershipActions } from './rights/memberships';
import { reviewUserChange } from './rights/reviews';
import { tellUser } from './tell-user';
import { userActions } from './user-actions';
import { isGrantToUser, userSaved } from './user-changes';
import { logUserDeletions } from './user-deletion';
import { userField } from './user-fields';

const PERMISSIONS = ['isActive', 'isStaff', 'isSuperuser', 'groups', 'userPermissions'];
const DATES = ['lastLogin', 'dateJoined'];
const made = new WeakMap<object, { model: UserModel; admin: ModelAdmin }>();

/**
 * The screens of the model that `settings.AUTH_USER_MODEL` names.
 * Throws ImproperlyConfigured when no such model is installed, TypeError when no app declares it.
 * Django: contrib/auth/admin.py UserAdmin
 */
export function userAdmin(): ModelAdmin {
  const graph = modelGraph();
  const model = getUserModel();
  const known = made.get(graph);
  if (known?.model === model) return known.admin;
  const admin = defineUserAdmin(model);
  made.set(graph, { model, admin });
  return admin;
}

/**
 * The screens of a user model: of AbstractUser's fields those that it has, and its further ones
 * among what is personal. `further` says what is otherwise.
 * Django: admin.site.register(get_user_model(), UserAdmin)
 */
export function defineUserAdmin(
  model: UserModel,
  further: Partial<Options<Row, string>> = {},
): ModelAdmin {
  const meta = modelMeta(userModelKey(model));
  const { USERNAME_FIELD, EMAIL_FIELD, REQUIRED_FIELDS } = model;
  const has = (names: readonly string[]) =>
    [...new Set(names)].filter((name) => meta.fields.has(name));
  const known = ['id', 'password', USERNAME_FIELD, ...PERMISSIONS, ...DATES];
  const names = has(['firstName', 'lastName', EMAIL_FIELD]);
  const others = Object.keys(model.fields).filter((name) => ![...known, ...names].includes(name));
  const personal = [...names.filter((name) => name !== USERNAME_FIELD), ...others];
  const typed = has([USERNAME_FIELD, EMAIL_FIELD, ...REQUIRED_FIELDS]);
  return adminOf(meta, {
    rail: { section: 'People' },
    hasPrivateNames: true,
    str: (row) => String(row[USERNAME_FIELD]),
    listDisplay: userColumns(model, has),
    listStacked: stackedColumns(model, has),
    ...(meta.fields.has('isActive') && {
      listTabs: { field: 'isActive', yes: 'Active', no: 'Inactive' },
    }),
    isMuted: ({ isActive }) => isActive === false,
    rowLinks: userRowLinks,
    listFilter: [
      ...has(['isStaff', 'isSuperuser', 'isActive', 'groups']),
      ...(hasSignInTimes(model) ? [lastSignInFilter] : []),
    ],
    searchFields: has([USERNAME_FIELD, 'firstName', 'lastName', EMAIL_FIELD]),
    ordering: [USERNAME_FIELD],
    actions: meta.fields.has('groups') ? [...userActions, ...membershipActions] : userActions,
    filterHorizontal: has(['groups', 'userPermissions']),
    readonlyFields: has(DATES),
    fieldsets: [
      { title: null, fields: [USERNAME_FIELD] },
      { title: 'Personal info', fields: personal },
      { title: 'Permissions', fields: has(PERMISSIONS) },
      { title: 'Important dates', fields: has(DATES) },
    ].filter(({ fields }) => fields.length > 0),
    formFields: Object.fromEntries(
      typed.map((name) => {
        const isBlank = name !== USERNAME_FIELD && (meta.fields.get(name)?.isBlank ?? false);
        return [name, userField(model, name, { isBlank })];
      }),
    ),
    hasOwnAddPage: true,
    addObject: addUserFromFile,
    objectHeader: userHeader,
    objectLinks: userObjectLinks,
    facts: async (row, user) => [await passwordFact(Number(row.id), user)],
    hasAddPermission: (user) => holdsPermission(user, meta, 'change'),
    isGrant: isGrantToUser,
    review: reviewUserChange,
    locks: userLocks,
    saved: userSaved,
    committed: tellUser,
    deleting: logUserDeletions,
    ...further,
  });
}
