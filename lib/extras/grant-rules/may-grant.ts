import { isInstalled, type PermissionName } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { User } from '@/lib/contrib/auth/models';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { type DbClient, db } from '@/lib/db/client';
import { isOmnipotent } from './omnipotent';

/** As much of a permission as a rule about giving it needs: `perm` is `app.codename`. */
export type GivenPermission = { id: number; perm: string };

/**
 * Those of these permissions, by id, that somebody may give to others: what they hold themselves,
 * however they hold it; all with GRANT_ONLY_HELD_PERMISSIONS off. Inside a transaction give its
 * client. Ids of no permission are left out.
 * Django: no counterpart; whoever may change users there gives anything
 */
export async function mayGrant(
  actor: AdminUser,
  permissionIds: readonly number[],
  client: DbClient = db,
): Promise<ReadonlySet<number>> {
  const permissions = await loadCatalogue(client, permissionIds);
  const refused = new Set(await notGrantable(actor, permissions, client));
  return new Set(permissions.filter((named) => !refused.has(named)).map(({ id }) => id));
}

/** Those of these permissions that the actor may not give. */
export async function notGrantable<P extends GivenPermission>(
  actor: AdminUser,
  permissions: readonly P[],
  client: DbClient = db,
): Promise<P[]> {
  const isRule = isInstalled('grant-rules') && settings.GRANT_ONLY_HELD_PERMISSIONS;
  return isRule ? notHeld(actor, permissions, client) : [];
}

/** Those of these permissions that somebody does not hold. */
export async function notHeld<P extends GivenPermission>(
  user: AdminUser,
  permissions: readonly P[],
  client: DbClient = db,
): Promise<P[]> {
  if (isOmnipotent(user)) return [];
  // Backends read what is granted once per user. Here at the latest, by a client that may be asked
  // inside a transaction: on SQLite another one would wait for its end.
  if (user instanceof User && permissions.length > 0) await loadGrants(user, client);
  const missing: P[] = [];
  for (const permission of permissions) {
    // The database may name permissions that no installed app declares.
    if (!(await user.hasPerm(permission.perm as PermissionName))) missing.push(permission);
  }
  return missing;
}
