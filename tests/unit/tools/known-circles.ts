/** Files of lib that import one another in a circle, by types mostly: to become fewer, never more. */
export const KNOWN_CIRCLES: readonly (readonly string[])[] = [
  [
    'lib/contrib/auth/backends/base.ts',
    'lib/contrib/auth/backends/email.ts',
    'lib/contrib/auth/backends/index.ts',
    'lib/contrib/auth/backends/model.ts',
    'lib/contrib/auth/backends/remote-user.ts',
    'lib/contrib/auth/base-user.ts',
    'lib/contrib/auth/index.ts',
    'lib/contrib/auth/models.ts',
    'lib/contrib/auth/passwords/refusal-work.ts',
    'lib/contrib/auth/passwords/stored-hashes.ts',
    'lib/contrib/auth/permissions/decisions.ts',
    'lib/contrib/auth/permissions/held-permissions.ts',
    'lib/contrib/auth/permissions/holders.ts',
    'lib/contrib/auth/permissions/permissions-mixin.ts',
    'lib/contrib/auth/signals.ts',
    'lib/contrib/auth/users/user-model.ts',
    'lib/contrib/auth/users/user-rows.ts',
  ],
];
