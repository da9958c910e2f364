import type { RowCount } from '@/lib/contrib/admin/list/count';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { visibleIds } from '@/lib/contrib/admin/rows';
import { permissionAdmin } from '@/lib/contrib/auth/admin/permission';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { getBackends } from '@/lib/contrib/auth/backends';
import type { Permission, User } from '@/lib/contrib/auth/models';
import { permissions } from '@/lib/contrib/auth/users/managers';
import { Http404 } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';
import { countHolders, type HolderKind, type HolderPage, listHolders } from './holder-list';
import { visibleUsers } from './visible-users';

/** What an address asks of a permission's holders. */
export type HoldersQuery = { search: string; kind: HolderKind; page: number };

/** All that the page about a permission's holders shows. */
export type HoldersPage = {
  permission: Permission;
  list: HolderPage;
  /** How many there are of each kind, of those whom the search finds. */
  counts: Record<HolderKind, RowCount>;
  /** What is wrong with the search; null if nothing is. */
  error: string | null;
  /** By what rules backends let in people who are not listed. */
  rules: { backend: string; reason: string }[];
};

/** Whether somebody may see at all who holds a permission: who may view both permissions and users. */
export async function mayViewHolders(viewer: User): Promise<boolean> {
  return (
    (await hasViewPermission(viewer, permissionAdmin)) &&
    (await hasViewPermission(viewer, userAdmin()))
  );
}

/**
 * Who holds a permission, by its id in an address: for who may view both permissions and users, and
 * of the users only those whom they may view. Throws PermissionDenied and Http404.
 * Django: no counterpart
 */
export async function loadHoldersPage(
  viewer: User,
  id: string,
  { search, kind, page }: HoldersQuery,
): Promise<HoldersPage> {
  for (const admin of [permissionAdmin, userAdmin()]) {
    if (!(await hasViewPermission(viewer, admin))) throw permissionDenied(admin, 'view');
  }
  const permission = await permissionOr404(viewer, id);
  const perm = permission.userPermStr;
  const { conditions, error } = await visibleUsers(viewer, search);
  const list = await listHolders(perm, { kind, conditions, page });
  const otherKind = kind === 'granted' ? 'superusers' : 'granted';
  const otherCount = await countHolders(perm, { kind: otherKind, conditions });
  const counts = { granted: otherCount, superusers: otherCount, [kind]: list.count };
  return { permission, list, counts, error, rules: await rulesFor(perm) };
}

async function permissionOr404(viewer: User, id: string): Promise<Permission> {
  const wanted = parseId(id);
  const [visible] = wanted === null ? [] : await visibleIds(db, permissionAdmin, [wanted], viewer);
  const permission = visible === undefined ? null : await permissions.getById(visible);
  if (!permission) throw new Http404();
  return permission;
}

async function rulesFor(perm: string): Promise<HoldersPage['rules']> {
  const rules: HoldersPage['rules'] = [];
  for (const backend of getBackends()) {
    for (const source of (await backend.possibleSources?.(perm)) ?? []) {
      if (source.kind === 'backend') rules.push({ backend: backend.name, reason: source.reason });
    }
  }
  return rules;
}
