import { settings } from '@/lib/conf/settings';
import { userField } from '@/lib/contrib/auth/admin/user-fields';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { foldCase } from '@/lib/core/fold-case';

/** Whether people sign in with a name of their own: not where their address is their name. */
export function hasUsername(): boolean {
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  return USERNAME_FIELD !== EMAIL_FIELD;
}

/**
 * The zod schema of a username that somebody chooses: as the model takes it, required, and none of
 * ACCOUNT_USERNAME_BLACKLIST. Whether it is taken the database says when it is written.
 * allauth: account/adapter.py clean_username
 */
export function usernameField() {
  const model = getUserModel();
  return userField(model, model.USERNAME_FIELD, { isBlank: false })
    .transform(String)
    .refine((username) => !isBlacklisted(username), {
      message: 'This username cannot be used. Choose another one.',
    });
}

/** Whether nobody may have a username: one of ACCOUNT_USERNAME_BLACKLIST, upper and lower case aside. */
export function isBlacklisted(username: string): boolean {
  const folded = foldCase(username);
  return settings.ACCOUNT_USERNAME_BLACKLIST.some((name) => foldCase(name) === folded);
}
