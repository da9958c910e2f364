import { getUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';

/** `app_label.model` of the user model, as content types and screens are found by. */
export function userModelKey(model: Pick<UserModel, 'name'> = getUserModel()): string {
  return model.name.toLowerCase();
}

/**
 * The address of the user model's screens, `/admin/auth/user/`, or with `rest` of one below it:
 * `userAdminPath('12/change/')`.
 * Django: reverse('admin:auth_user_changelist')
 */
export function userAdminPath(rest = ''): string {
  return `/admin/${userModelKey().replace('.', '/')}/${rest}`;
}
