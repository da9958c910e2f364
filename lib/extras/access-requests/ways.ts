import type { User } from '@/lib/contrib/auth/models';
import { userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { decide } from '@/lib/contrib/auth/permissions/decisions';
import {
  type GroupPermissions,
  loadGroupPermissions,
} from '@/lib/contrib/auth/permissions/group-permissions';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { sourcesGranting } from '@/lib/contrib/auth/permissions/holders';
import { type Supposition, suppose } from '@/lib/contrib/auth/permissions/suppositions';
import { groupNamesSeenBy } from '@/lib/contrib/auth/permissions/visible-groups';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { sha256Hex } from '@/lib/core/crypto';
import { db, inquiry } from '@/lib/db/client';

/** One way to give what is asked for. */
export type Way = {
  /** `direct`, or `group:` with its id. */
  value: string;
  /** The group's name; null for the permission itself. */
  group: string | null;
  /** What else the person would hold afterwards and does not now, `app.codename`. */
  further: string[];
  /** What the group holds as it was looked at, in a short text; '' for the permission itself. */
  seen: string;
};

// More groups than this in one list help nobody to choose.
const MAX_GROUPS = 12;

/**
 * The ways to give a permission to somebody: itself, or a group that holds it and that the viewer may
 * see; only those that the rules let the viewer give, the least giving first. What each would change is
 * what `decide` says of a copy of the person to whom it was given.
 * Django: no counterpart
 */
export async function waysToGive(
  viewer: User,
  target: User,
  permission: { id: number; perm: string; name: string },
): Promise<Way[]> {
  const sources = await sourcesGranting(permission.perm);
  const ids = sources.flatMap((source) => (source.kind === 'group' ? [source.id] : []));
  const visible = await groupNamesSeenBy(viewer, ids, []);
  const shown = ids.filter((id) => visible.has(id)).slice(0, MAX_GROUPS);
  const accounts = await inquiry((tx) => lockAccounts(tx, [target.id]));
  const before = { id: target.id, groups: [], userPermissions: [] };
  const mayGive = async (next: Record<string, number[]>) => {
    const asked = { accounts, before, next };
    const errors = await inquiry((tx) => userChangeErrors(tx, viewer, asked));
    return Object.keys(errors).length === 0;
  };
  const ways: Way[] = [];
  if (await mayGive({ userPermissions: [permission.id] })) {
    const further = await furtherOf(target, { grant: [permission] }, permission.perm);
    if (further) ways.push({ value: 'direct', group: null, further, seen: '' });
  }
  for (const group of await loadGroupPermissions(db, shown)) {
    if (!(await mayGive({ groups: [group.id] }))) continue;
    const further = await furtherOf(target, { join: [group] }, permission.perm);
    const seen = contentOf(group);
    if (further) ways.push({ value: `group:${group.id}`, group: group.name, further, seen });
  }
  return ways.toSorted((a, b) => a.further.length - b.further.length);
}

/** What a group holds, in a short text: the same only if it holds the same. */
export function contentOf({ id, permissions }: GroupPermissions): string {
  const held = permissions.map((permission) => permission.id).sort((a, b) => a - b);
  return sha256Hex(`${id}: ${held.join(',')}`).slice(0, 22);
}

// Null where it would not help: a backend refuses it whatever is granted.
async function furtherOf(
  target: User,
  changes: Supposition,
  perm: string,
): Promise<string[] | null> {
  const changed = await suppose(target, { ...changes, isActive: true });
  if (!(await decide(changed, perm)).allowed) return null;
  const further: string[] = [];
  for (const held of (await loadGrants(changed)).permissions.values()) {
    const isFurther =
      held.perm !== perm &&
      !(await decide(target, held.perm)).allowed &&
      (await decide(changed, held.perm)).allowed;
    if (isFurther) further.push(held.perm);
  }
  return further;
}
