import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { ObjectTabs } from '@/components/admin/object/object-page';
import { findObject } from '@/lib/contrib/admin/form/snapshot';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { objectFrame } from '@/lib/contrib/admin/object/object-page';
import type { User } from '@/lib/contrib/auth/models';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';

/** The other pages about a person, on one of an app's own; none to who may not view them. */
export async function PersonTabs({ viewer, id, tab }: { viewer: User; id: number; tab: string }) {
  const admin = modelAdminOr404(userModelKey());
  const row = await findObject(viewer, admin, String(id));
  if (!row || !(await hasViewPermission(viewer, admin, row))) return null;
  return <ObjectTabs frame={await objectFrame(admin, row, viewer)} tab={tab} />;
}
