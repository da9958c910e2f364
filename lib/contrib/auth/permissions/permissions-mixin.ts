import type { PermissionName } from '@/lib/apps/installed';
import { getBackends } from '@/lib/contrib/auth/backends';
import type { Attenuation, RequestUser, User } from '@/lib/contrib/auth/users/user';
import { PermissionDenied } from '@/lib/core/exceptions';
import { decide, listPermissions } from './decisions';
import type { Source } from './sources';

const FROM_ANYWHERE = new Set<Source['kind']>(['superuser', 'direct', 'group', 'backend']);
const FROM_USER = new Set<Source['kind']>(['superuser', 'direct']);
const FROM_GROUP = new Set<Source['kind']>(['superuser', 'group']);

/**
 * The questions about permissions that one can ask of whoever makes a request. Sets hold names,
 * `app.codename`.
 * Django: contrib/auth/models.py PermissionsMixin
 * @example
 * if (!(await request.user.hasPerm('auth.change_group', group))) throw new PermissionDenied();
 */
export abstract class PermissionsMixin {
  /**
   * What a token lets through of all that its owner holds; null for somebody who asks in person. Only
   * whoever recognises a token sets it.
   */
  attenuation: Attenuation | null = null;

  /** Whoever acts as this user; null for the user in person. Only the reader of a session sets it. */
  impersonator: User | null = null;

  /** What `explain` answers, without its reasons. */
  async hasPerm(this: RequestUser, perm: PermissionName, obj?: unknown): Promise<boolean> {
    return (await decide(this, perm, obj)).allowed;
  }

  /**
   * Whether the user holds every permission of the list, which may be empty. Throws TypeError for
   * a single text: it would be taken for a list of letters.
   */
  async hasPerms(
    this: RequestUser,
    perms: Iterable<PermissionName>,
    obj?: unknown,
  ): Promise<boolean> {
    if (typeof perms === 'string' || !(Symbol.iterator in Object(perms))) {
      throw new TypeError('hasPerms wants a list of permissions.');
    }
    for (const perm of perms) {
      if (!(await decide(this, perm, obj)).allowed) return false;
    }
    return true;
  }

  /**
   * Whether the user holds any permission of exactly this app; an active superuser always does. By a
   * token only if it carries one of those.
   */
  async hasModulePerms(this: RequestUser, appLabel: string): Promise<boolean> {
    if (this.attenuation) {
      const listed = [...(await listPermissions(this)).keys()];
      return listed.some((perm) => perm.split('.', 1)[0] === appLabel);
    }
    if (this.isActive && this.isSuperuser) return true;
    try {
      for (const backend of getBackends()) {
        if (await backend.hasModulePerms?.(this, appLabel)) return true;
      }
    } catch (error) {
      if (!(error instanceof PermissionDenied)) throw error;
    }
    return false;
  }

  /** Those granted directly; all of them for an active superuser. */
  getUserPermissions(this: RequestUser, obj?: unknown): Promise<Set<string>> {
    return listedFrom(this, FROM_USER, obj);
  }

  /** Those granted through groups; all of them for an active superuser. */
  getGroupPermissions(this: RequestUser, obj?: unknown): Promise<Set<string>> {
    return listedFrom(this, FROM_GROUP, obj);
  }

  /** Those that any backend lists. */
  getAllPermissions(this: RequestUser, obj?: unknown): Promise<Set<string>> {
    return listedFrom(this, FROM_ANYWHERE, obj);
  }
}

async function listedFrom(
  user: RequestUser,
  kinds: ReadonlySet<Source['kind']>,
  obj: unknown,
): Promise<Set<string>> {
  const listed = [...(await listPermissions(user, obj)).values()];
  const held = listed.filter(({ sources }) => sources.some(({ kind }) => kinds.has(kind)));
  return new Set(held.map(({ perm }) => perm));
}
