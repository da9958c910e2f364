import type { User } from '@/lib/contrib/auth/models';
import { decide, listPermissions, type Source } from '@/lib/contrib/auth/permissions/decisions';
import {
  type GrantChanges,
  type HeldPermission,
  supposeGrants,
} from '@/lib/contrib/auth/permissions/held-permissions';
import {
  listedPermissions,
  type NamedPermission,
} from '@/lib/contrib/auth/permissions/permission-names';

/** A user as they could be: other flags, groups left and joined, permissions granted. */
export type Supposition = GrantChanges & { isActive?: boolean; isSuperuser?: boolean };

/** One permission and what a user's holding of it comes from. */
export type PermissionState = NamedPermission & {
  /** `void`: granted, but to an account that is inactive. */
  state: 'held' | 'void' | 'none';
  /** Of a void one, what it would come from. */
  sources: Source[];
};

/** What somebody would hold less, more, and still, but from elsewhere. */
export type Difference = {
  lost: HeldPermission[];
  gained: HeldPermission[];
  /** With the sources that would be left, or come to it. */
  kept: HeldPermission[];
};

/**
 * A copy of the user as if these changes had been made, for `decide` and whatever asks it. Nothing
 * is written, and the copy must never be saved. It holds for every backend that reads memberships
 * through `loadGrants`, as ModelBackend does; one with a statement of its own sees the database.
 * Django: no counterpart
 */
export async function suppose(
  user: User,
  { isActive, isSuperuser, ...changes }: Supposition,
): Promise<User> {
  const fields = Object.keys(user.meta.columns).map((field) => [
    field,
    field === 'password' ? user.encodedPassword() : Reflect.get(user, field),
  ]);
  const copy = user.meta.fromRow(Object.fromEntries(fields) as never);
  copy.isActive = isActive ?? user.isActive;
  copy.isSuperuser = isSuperuser ?? user.isSuperuser;
  await supposeGrants(copy, changes);
  return copy;
}

/**
 * Every permission there is, in the database or in a backend's list, in Django's order: whether
 * `decide` allows it, and from where. Costs one statement more than `explainAll`.
 * Django: no counterpart
 */
export async function explainEach(user: User): Promise<PermissionState[]> {
  const active = user.isActive ? null : await suppose(user, { isActive: true });
  const states: PermissionState[] = [];
  for (const named of await namesFor(active ?? user)) {
    const { allowed, sources } = await decide(user, named.perm);
    const would = allowed || !active ? null : await decide(active, named.perm);
    if (allowed) states.push({ ...named, state: 'held', sources });
    else if (would?.allowed) states.push({ ...named, state: 'void', sources: would.sources });
    else states.push({ ...named, state: 'none', sources: [] });
  }
  return states;
}

/**
 * What would change for a user under a supposition: every permission is decided for the user and
 * for the supposed copy, by the same code.
 * Django: no counterpart
 */
export async function whatIf(user: User, supposition: Supposition): Promise<Difference> {
  const before = await explainEach(user);
  const after = await explainEach(await suppose(user, supposition));
  const then = new Map(after.map((state) => [state.perm, state]));
  const difference: Difference = { lost: [], gained: [], kept: [] };
  for (const now of before) {
    const later = then.get(now.perm);
    const holds = later?.state === 'held';
    if (now.state === 'held' && !holds) difference.lost.push(now);
    if (now.state === 'held' && holds && !isSame(now.sources, later.sources)) {
      difference.kept.push(later);
    }
  }
  const held = new Set(before.filter(({ state }) => state === 'held').map(({ perm }) => perm));
  difference.gained = after.filter(({ state, perm }) => state === 'held' && !held.has(perm));
  return difference;
}

async function namesFor(user: User): Promise<NamedPermission[]> {
  const names = await listedPermissions();
  const known = new Set(names.map(({ perm }) => perm));
  for (const { perm, name } of (await listPermissions(user)).values()) {
    const [appLabel = ''] = perm.split('.');
    if (!known.has(perm)) names.push({ perm, name, appLabel, model: '' });
  }
  return names;
}

function isSame(a: readonly Source[], b: readonly Source[]): boolean {
  const [one, other] = [a, b].map((sources) => sources.map((each) => JSON.stringify(each)).sort());
  return JSON.stringify(one) === JSON.stringify(other);
}
