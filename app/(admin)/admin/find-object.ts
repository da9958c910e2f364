import { findObject } from '@/lib/contrib/admin/form/snapshot';
import {
  hasDeletePermission,
  hasViewPermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';

const CHECKS = { view: hasViewPermission, delete: hasDeletePermission };

/**
 * The row that an address or a form names by its id. Throws PermissionDenied if the user may not
 * see (or delete) it, whether it exists or not; Http404 if who may do so with such rows asks for one
 * that is none.
 */
export async function objectOr404(
  user: User,
  admin: ModelAdmin,
  id: unknown,
  action: keyof typeof CHECKS = 'view',
): Promise<Row> {
  const row = await findObject(user, admin, id);
  if (!(await CHECKS[action](user, admin, row ?? undefined))) throw permissionDenied(admin, action);
  if (!row) throw new Http404();
  return row;
}
