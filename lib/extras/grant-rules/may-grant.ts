import type { Viewer } from '@/lib/apps/define-config';
import { isInstalled, type PermissionName } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { User } from '@/lib/contrib/auth/models';
import type { GivenPermission } from '@/lib/contrib/auth/permissions/account-rules';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { type DbClient, db } from '@/lib/db/client';
import { isOmnipotent } from './omnipotent';

/**
 * Those of these permissions that somebody may not give to others: what they do not hold themselves,
 * however they might; none with GRANT_ONLY_HELD_PERMISSIONS off.
 */
export async function notGrantable<P extends GivenPermission>(
  actor: Viewer,
  permissions: readonly P[],
  client: DbClient = db,
): Promise<P[]> {
  const isRule = isInstalled('grant-rules') && settings.GRANT_ONLY_HELD_PERMISSIONS;
  return isRule ? notHeld(actor, permissions, client) : [];
}

/** Those of these permissions that somebody does not hold. */
export async function notHeld<P extends GivenPermission>(
  user: Viewer,
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
