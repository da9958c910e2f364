import { hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import { findRows } from '@/lib/contrib/admin/rows';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { db, inquiry } from '@/lib/db/client';
import { checkUserChange } from '@/lib/extras/grant-rules/rules';
import type { Fix, Grant } from './remedies';

/**
 * Which of these fixes somebody may carry out on the user: who may change the user, and whose change
 * no rule about privileges refuses. Nothing is locked: a page only asks.
 * Django: no counterpart
 */
export async function fixesOf(viewer: User, user: User, fixes: readonly Fix[]): Promise<Set<Fix>> {
  const [row] = await findRows(db, userAdmin().meta, [user.id]);
  if (fixes.length === 0 || !(await hasChangePermission(viewer, userAdmin(), row)))
    return new Set();
  const allowed = new Set<Fix>();
  for (const fix of fixes) {
    const next = { ...(fix.activates && { isActive: true }), ...(fix.grant && added(fix.grant)) };
    const errors = await inquiry((tx) => checkUserChange(tx, viewer, user, next));
    if (Object.keys(errors).length === 0) allowed.add(fix);
  }
  return allowed;
}

function added(grant: Grant) {
  if (grant.kind === 'direct') return { userPermissions: [grant.permissionId] };
  return grant.kind === 'group' ? { groups: [grant.id] } : { isSuperuser: true };
}
