import { hasChangePermission, mayChangeEach } from '@/lib/contrib/admin/model-permissions';
import { findRows } from '@/lib/contrib/admin/rows';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { type Lookup, userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import {
  type CataloguedPermission,
  ofIds,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { db, inquiry } from '@/lib/db/client';
import type { Fix, Grant } from './remedies';

/**
 * Which of these fixes somebody may carry out on the user: who may change the user, and whose change
 * no rule about privileges refuses. Nothing is locked: a page only asks, one statement for all of them.
 * Django: no counterpart
 */
export async function fixesOf(
  viewer: User,
  user: User,
  { fixes, catalogue }: { fixes: readonly Fix[]; catalogue: readonly CataloguedPermission[] },
): Promise<Set<Fix>> {
  if (fixes.length === 0 || !(await mayChange(viewer, user))) return new Set();
  const accounts = await inquiry((tx) => lockAccounts(tx, [user.id]));
  const asked = { accounts, before: await holdingsOf(user, catalogue) };
  const lookup = lookupIn(fixes, catalogue);
  const allowed = new Set<Fix>();
  for (const fix of fixes) {
    const next = { ...(fix.activates && { isActive: true }), ...(fix.grant && added(fix.grant)) };
    const errors = await inquiry((tx) => userChangeErrors(tx, viewer, { ...asked, next, lookup }));
    if (Object.keys(errors).length === 0) allowed.add(fix);
  }
  return allowed;
}

async function mayChange(viewer: User, user: User): Promise<boolean> {
  if (await mayChangeEach(viewer, userAdmin())) return true;
  const [row] = await findRows(db, userAdmin().meta, [user.id]);
  return hasChangePermission(viewer, userAdmin(), row);
}

// What a superuser was granted by themselves nobody has read.
async function holdingsOf(user: User, catalogue: readonly CataloguedPermission[]) {
  const { groups, permissions } = await loadGrants(user);
  const joined = { id: user.id, groups: groups.map(({ id }) => id) };
  if (user.isSuperuser) return joined;
  const isDirect = ({ perm }: CataloguedPermission) =>
    permissions.get(perm)?.sources.some(({ kind }) => kind === 'direct');
  return { ...joined, userPermissions: catalogue.filter(isDirect).map(({ id }) => id) };
}

function lookupIn(fixes: readonly Fix[], catalogue: readonly CataloguedPermission[]): Lookup {
  const groups = fixes.flatMap(({ grant }) => (grant?.kind === 'group' ? [grant] : []));
  return {
    permissions: async (ids) => ofIds(catalogue, ids),
    groups: async (ids) => ofIds(groups, ids),
  };
}

function added(grant: Grant) {
  if (grant.kind === 'direct') return { userPermissions: [grant.permission.id] };
  return grant.kind === 'group' ? { groups: [grant.id] } : { isSuperuser: true };
}
