import type { ModelAdmin, Row } from '@/lib/admin/options';
import { hasViewPermission, permissionDenied } from '@/lib/admin/permissions';
import { findObject } from '@/lib/admin/snapshot';
import type { User } from '@/lib/auth/models';
import { Http404 } from '@/lib/core/exceptions';

/**
 * The row that an address or a form names by its id. Throws PermissionDenied if the user may not
 * see it, whether it exists or not; Http404 if who may see such rows asks for one that is none.
 */
export async function objectOr404(user: User, admin: ModelAdmin, id: unknown): Promise<Row> {
  const row = await findObject(user, admin, id);
  if (await hasViewPermission(user, admin, row ?? undefined)) {
    if (!row) throw new Http404();
    return row;
  }
  throw permissionDenied(admin, 'view');
}
