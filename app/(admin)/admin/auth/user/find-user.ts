import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import {
  hasAddPermission,
  hasChangePermission,
  holdsPermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { offboardRefusal } from '@/lib/contrib/auth/admin/people/offboard';
import type { User } from '@/lib/contrib/auth/models';
import { passwordRefusal } from '@/lib/contrib/auth/permissions/account-rules';
import { users } from '@/lib/contrib/auth/users/managers';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';

/** Throws Http404 for an address that is not one of the model that `settings.AUTH_USER_MODEL` names. */
export function requireUserAddress({ app, model }: { app: string; model: string }): void {
  if (`${app}.${model}` !== userModelKey()) throw new Http404();
}

/** Throws PermissionDenied unless the person may add users, which takes changing them too. */
export async function requireAddUser(user: User): Promise<void> {
  const admin = modelAdminOr404(userModelKey());
  if (!(await holdsPermission(user, admin.meta, 'add'))) throw permissionDenied(admin, 'add');
  if (!(await hasAddPermission(user, admin))) throw permissionDenied(admin, 'change');
}

/**
 * Whether an id in an address or a form is that of whoever asks: their own password is changed
 * where the old one is asked for.
 */
export function isOwnId(user: User, id: unknown): boolean {
  return id === String(user.id);
}

/**
 * The user of an id whose password the person may set. Throws PermissionDenied if they may not, and
 * Http404 for an id of nobody.
 */
export async function userToSetPasswordOf(user: User, id: unknown): Promise<User> {
  const admin = modelAdminOr404(userModelKey());
  const row = await objectOr404(user, admin, id);
  if (!(await hasChangePermission(user, admin, row))) throw permissionDenied(admin, 'change');
  const target = await users.getById(Number(row.id));
  if (!target) throw new Http404();
  const refusal = await passwordRefusal(user, target);
  if (refusal !== null) throw new PermissionDenied(refusal);
  return target;
}

/**
 * The user of an id whom the person may let go, or wake again. Throws PermissionDenied if they may not,
 * for themselves too, and Http404 for an id of nobody.
 */
export async function userToOffboard(user: User, id: unknown): Promise<User> {
  const admin = modelAdminOr404(userModelKey());
  const row = await objectOr404(user, admin, id);
  if (!(await hasChangePermission(user, admin, row))) throw permissionDenied(admin, 'change');
  const target = await users.getById(Number(row.id));
  if (!target) throw new Http404();
  const refusal = await offboardRefusal(user, target);
  if (refusal !== null) throw new PermissionDenied(refusal);
  return target;
}
