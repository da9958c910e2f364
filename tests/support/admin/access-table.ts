import { APPS } from '@/lib/apps/declared';
import type { PermissionName } from '@/lib/apps/installed';

/** Whom and what the pages are about. */
export type Subjects = {
  userId: number;
  superuserId: number;
  groupId: number;
  permissionId: number;
};

const USERS = '/admin/auth/user/';
const GROUPS = '/admin/auth/group/';

/** What may be asked for. */
export const GETS = {
  list: () => USERS,
  export: () => `${USERS}export/`,
  user: ({ userId }) => `${USERS}${userId}/change/`,
  history: ({ userId }) => `${USERS}${userId}/history/`,
  'delete page': ({ userId }) => `${USERS}${userId}/delete/`,
  'password page': ({ userId }) => `${USERS}${userId}/password/`,
  'password page of a superuser': ({ superuserId }) => `${USERS}${superuserId}/password/`,
  'add page': () => `${USERS}add/`,
  why: ({ userId }) => `${USERS}${userId}/permissions/`,
  'group list': () => GROUPS,
  group: ({ groupId }) => `${GROUPS}${groupId}/change/`,
  'group history': ({ groupId }) => `${GROUPS}${groupId}/history/`,
  'group delete page': ({ groupId }) => `${GROUPS}${groupId}/delete/`,
  'add group page': () => `${GROUPS}add/`,
  matrix: ({ groupId }) => `/admin/auth/matrix/?group=${groupId}`,
  'user matrix': ({ userId }) => `/admin/auth/matrix/?user=${userId}`,
  permission: ({ permissionId }) => `/admin/auth/permission/${permissionId}/change/`,
  holders: ({ permissionId }) => `/admin/auth/permission/${permissionId}/holders/`,
  autocomplete: () =>
    '/admin/autocomplete/?app_label=articles&model_name=article&field_name=author',
} satisfies Record<string, (subjects: Subjects) => string>;

/** What may be sent. */
export const POSTS = [
  ...(['rename', 'make superuser', 'grant to user', 'set password', 'delete user'] as const),
  ...(['add user', 'deactivate listed', 'delete listed', 'set password of a superuser'] as const),
  ...(['rename group', 'grant to group', 'delete group', 'add group'] as const),
];

export type Get = keyof typeof GETS;

/** The apps that bring what the admin has not of its own. */
const BROUGHT: Partial<Record<Get, string>> = {
  export: 'export',
  why: 'why',
  holders: 'why',
  matrix: 'matrix',
  'user matrix': 'matrix',
  autocomplete: 'articles',
};

/** What may be asked for where these apps are, and others are deleted. */
export const ASKED = (Object.keys(GETS) as Get[]).filter((what) => {
  const label = BROUGHT[what];
  return label === undefined || APPS.some((app) => app.label === label);
});

export type Post = (typeof POSTS)[number];
type Row = { may: readonly (Get | Post)[]; permissions: PermissionName[]; isStaff?: boolean };

const SEE_USERS = ['list', 'export', 'user', 'history', 'why', 'autocomplete'] as const;
const CHANGE_USERS = ['password page', 'rename', 'set password', 'deactivate listed'] as const;
const SEE_GROUPS = ['group list', 'group', 'group history', 'matrix'] as const;

const ROWS = {
  'staff without a permission': { permissions: [], may: [] },
  'staff with view_user': { permissions: ['auth.view_user'], may: SEE_USERS },
  'staff with change_user': {
    permissions: ['auth.change_user'],
    may: [...SEE_USERS, ...CHANGE_USERS],
  },
  'staff with change_user and what she gives': {
    permissions: ['auth.change_user', 'auth.view_group'],
    may: [...SEE_USERS, ...CHANGE_USERS, ...SEE_GROUPS, 'user matrix', 'grant to user'],
  },
  'staff with add_user': { permissions: ['auth.add_user'], may: [] },
  'staff with add_user and change_user': {
    permissions: ['auth.add_user', 'auth.change_user'],
    may: [...SEE_USERS, ...CHANGE_USERS, 'add page', 'add user'],
  },
  'staff with delete_user': {
    permissions: ['auth.delete_user'],
    may: ['delete page', 'delete user'],
  },
  'staff with view_user and delete_user': {
    permissions: ['auth.view_user', 'auth.delete_user'],
    may: [...SEE_USERS, 'delete page', 'delete user', 'delete listed'],
  },
  'staff with add_group': {
    permissions: ['auth.add_group'],
    may: ['add group page', 'add group'],
  },
  'staff with change_group': {
    permissions: ['auth.change_group'],
    may: [...SEE_GROUPS, 'rename group'],
  },
  'staff with change_group and what she gives': {
    permissions: ['auth.change_group', 'auth.view_group'],
    may: [...SEE_GROUPS, 'rename group', 'grant to group'],
  },
  'staff with delete_group': {
    permissions: ['auth.delete_group'],
    may: ['group delete page', 'delete group'],
  },
  'staff with view_permission': { permissions: ['auth.view_permission'], may: ['permission'] },
  'staff with view_permission and view_user': {
    permissions: ['auth.view_permission', 'auth.view_user'],
    may: [...SEE_USERS, 'permission', 'holders'],
  },
  'nobody of the staff, with every permission': {
    isStaff: false,
    permissions: [
      ...(['auth.view_user', 'auth.add_user', 'auth.change_user', 'auth.delete_user'] as const),
      ...(['auth.view_group', 'auth.add_group', 'auth.change_group'] as const),
      ...(['auth.delete_group', 'auth.view_permission'] as const),
    ],
    may: [],
  },
} satisfies Record<string, Row>;

/** Who may do what. What is not listed is answered 403, or with the form and why not. */
export const TABLE: Record<keyof typeof ROWS, Row> = ROWS;
