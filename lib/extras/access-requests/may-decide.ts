import { hasChangePermission, mayChangeEach } from '@/lib/contrib/admin/model-permissions';
import { findRows, visibleIds } from '@/lib/contrib/admin/rows';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { mayGrant } from '@/lib/contrib/auth/permissions/account-rules';
import { db } from '@/lib/db/client';

/** As much of a request as tells who may answer it. */
type Asked = { readonly userId: number; readonly permissionId: number };

/**
 * Why somebody may not answer a request, in a sentence; null if they may. It is for who may change the
 * person in the admin and give to others what is asked for; nobody answers their own.
 * Django: UserAdmin.has_change_permission; there whoever may change users gives anything
 */
export async function whyNotDecide(viewer: User, asked: Asked): Promise<string | null> {
  if (viewer.impersonator) return 'You are acting as somebody: nobody grants as another.';
  if (viewer.id === asked.userId) return 'Somebody else has to answer what you ask for yourself.';
  if (!(await mayChange(viewer, asked.userId))) return 'You may not change this person.';
  const grantable = await mayGrant(viewer, [asked.permissionId]);
  return grantable.has(asked.permissionId) ? null : 'You may not give to others what is asked for.';
}

/** Whether somebody may change a person in the admin at all: see them, and change them. */
export async function mayChange(viewer: User, userId: number): Promise<boolean> {
  const admin = userAdmin();
  if (await mayChangeEach(viewer, admin)) return true;
  const [visible] = await visibleIds(db, admin, [userId], viewer);
  if (visible === undefined) return false;
  const [row] = await findRows(db, admin.meta, [userId]);
  return row !== undefined && hasChangePermission(viewer, admin, row);
}
