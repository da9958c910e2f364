import { join } from 'node:path';

/** The tests that only a site with a user model of its own can run. */
export const OWN = 'tests/user-model/**/*.test.ts';

/**
 * Integration tests that `npm test` runs again with a user model of one's own, by what they stand for:
 * sign-in, reset and change, admin, log, articles, matrix, why, throttling, sessions.
 */
export const REPRESENTATIVE = [
  'tests/integration/contrib/auth/login.test.ts',
  'tests/integration/contrib/auth/passwords/password-change.test.ts',
  'tests/integration/contrib/auth/admin/user-actions.test.ts',
  'tests/integration/contrib/admin/deletion/deletion.test.ts',
  'tests/integration/contrib/admin/private-names.test.ts',
  'tests/integration/site/articles/backends.test.ts',
  'tests/integration/extras/matrix/matrix.test.ts',
  'tests/integration/extras/why/why.test.ts',
  'tests/integration/extras/throttling/throttle-command.test.ts',
  'tests/integration/extras/devices/devices.test.ts',
];

/** Files of the columns, indexes and rows of `auth_user` itself, and of what a Django made. */
export const ABOUT_AUTH_USER = [
  // The tables as migrations and a Django make them, and statements that name their columns.
  'tests/integration/db/**',
  'tests/integration/contrib/contenttypes/management.test.ts',
  'tests/integration/contrib/admin/search/search-index.test.ts',
  // By a username beside an address: the options, the sign-in and the manager of `auth.User`.
  'tests/integration/contrib/auth/management/createsuperuser.test.ts',
  'tests/integration/contrib/auth/backends/email-backend.test.ts',
  'tests/integration/contrib/auth/users/managers.test.ts',
  'tests/integration/contrib/auth/admin/told-by-mail.test.ts',
  'tests/integration/contrib/auth/passwords/password-reset.test.ts',
  'tests/integration/contrib/auth/passwords/refusal-work.test.ts',
  'tests/integration/contrib/admin/list/change-list.test.ts',
  'tests/integration/contrib/admin/filter-choices.test.ts',
  'tests/integration/contrib/auth/admin/users.test.ts',
  'tests/integration/extras/grant-rules/takeover.test.ts',
  'tests/integration/extras/account/**',
  'tests/integration/extras/socialaccount/**',
  'tests/integration/extras/import/users.test.ts',
];

/** What the oracle compares of a user model of one's own too. */
export const COMPARED = ['permissions', 'side-by-side', 'accounts'].map(
  (name) => `tests/oracle/${name}.test.ts`,
);

const root = join(import.meta.dirname, '../../..');
const READ = /\/tests\/(?:integration|oracle|setup|support)\/(?!.*user-model\/).*\.ts$/;

/** What tests say of `auth.User`, and what it is called where people are `accounts.User`. */
const RENAMED = /** @type {[RegExp, string][]} */ ([
  [/(['"`])auth\.user\1/g, '$1accounts.user$1'],
  [/\bauth\.(add|change|delete|view)_user\b/g, 'accounts.$1_user'],
  [/(?<!app\/)admin\/auth\/user\b/g, 'admin/accounts/user'],
  [/\('auth', 'user'/g, "('accounts', 'user'"],
  [/(?<![\w'])auth_user(_groups|_user_permissions)?(?!\w)/g, 'accounts_user$1'],
  [/\b(db|tx|client)\.user\./g, 'accountsOf($1).'],
  [/\b(db|tx|client)\.userGroup\./g, 'membershipsOf($1).'],
  [/\b(db|tx|client)\.userPermission\./g, 'grantsOf($1).'],
]);
const DELEGATES = ['accountsOf', 'membershipsOf', 'grantsOf'];

// A test is written once, about `auth.User`; here it is read as if about the other model.
const renamed = {
  name: 'accounts-instead-of-auth-user',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} code @param {string} id */
  transform(code, id) {
    if (!READ.test(id)) return null;
    const text = RENAMED.reduce((part, [from, to]) => part.replace(from, to), code);
    const used = DELEGATES.filter((name) => text.includes(`${name}(`));
    const imports = `import { ${used.join(', ')} } from '@/tests/support/user-model/delegates';\n`;
    return { code: used.length > 0 ? imports + text : text, map: null };
  },
};

/**
 * What makes of the integration tests those of a site with a user model of its own: its app, its
 * model and the setting that names it.
 */
export const withAccounts = {
  plugins: [renamed],
  resolve: {
    alias: [
      { find: /^@\/lib\/site\/apps$/, replacement: join(root, 'tests/support/user-model/apps.ts') },
      { find: '@', replacement: root },
    ],
  },
};
