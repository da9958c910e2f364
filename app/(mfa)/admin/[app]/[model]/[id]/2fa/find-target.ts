import { requireUserAddress } from '@/app/(admin)/admin/auth/user/find-user';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { RESET_PERMISSION, resetRefusal } from '@/lib/extras/mfa/reset/may-reset';

type Address = { app: string; model: string; id: string };

/** Whose second factors the address asks for; see `targetOf`. Throws Http404 for another model. */
export function targetAt(user: User, { id, ...address }: Address): Promise<User> {
  requireUserAddress(address);
  return targetOf(user, id);
}

/**
 * The person of an id whose second factors somebody may see and reset. Throws PermissionDenied for
 * whoever may not, with the reason, and Http404 for an id of nobody.
 */
export async function targetOf(user: User, id: unknown): Promise<User> {
  if (!(await user.hasPerm(RESET_PERMISSION))) throw new PermissionDenied('', [RESET_PERMISSION]);
  const row = await objectOr404(user, modelAdminOr404(userModelKey()), id);
  const target = await users.getById(Number(row.id));
  if (!target) throw new Http404();
  const refusal = await resetRefusal(user, target);
  if (refusal !== null) throw new PermissionDenied(refusal);
  return target;
}
