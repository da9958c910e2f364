import type { User } from '@/lib/contrib/auth/models';
import { decide, listPermissions } from '@/lib/contrib/auth/permissions/decisions';
import {
  type CataloguedPermission,
  distinctNames,
  type NamedPermission,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import {
  areSameSources,
  type HeldPermission,
  type Source,
} from '@/lib/contrib/auth/permissions/sources';
import { type Supposition, suppose } from '@/lib/contrib/auth/permissions/suppositions';

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
 * Every permission there is, in the catalogue or in a backend's list, in Django's order: whether
 * `decide` allows it, and from where. Costs what `explainAll` costs.
 * Django: no counterpart
 */
export async function explainEach(
  user: User,
  catalogue: readonly CataloguedPermission[],
): Promise<PermissionState[]> {
  const active = user.isActive ? null : await suppose(user, { isActive: true });
  const states: PermissionState[] = [];
  for (const named of await namesFor(active ?? user, catalogue)) {
    const { allowed, sources } = await decide(user, named.perm);
    const would = allowed || !active ? null : await decide(active, named.perm);
    if (allowed) states.push({ ...named, state: 'held', sources });
    else if (would?.allowed) states.push({ ...named, state: 'void', sources: would.sources });
    else states.push({ ...named, state: 'none', sources: [] });
  }
  return states;
}

/**
 * What would change for a user under a supposition: `before` is what `explainEach` says of them now,
 * and every permission is decided for the supposed copy by the same code.
 * Django: no counterpart
 */
export async function whatIf(
  user: User,
  supposition: Supposition,
  { before, catalogue }: { before: PermissionState[]; catalogue: readonly CataloguedPermission[] },
): Promise<Difference> {
  const after = await explainEach(await suppose(user, supposition), catalogue);
  const then = new Map(after.map((state) => [state.perm, state]));
  const difference: Difference = { lost: [], gained: [], kept: [] };
  for (const now of before) {
    const later = then.get(now.perm);
    const holds = later?.state === 'held';
    if (now.state === 'held' && !holds) difference.lost.push(now);
    if (now.state === 'held' && holds && !areSameSources(now.sources, later.sources)) {
      difference.kept.push(later);
    }
  }
  const held = new Set(before.filter(({ state }) => state === 'held').map(({ perm }) => perm));
  difference.gained = after.filter(({ state, perm }) => state === 'held' && !held.has(perm));
  return difference;
}

async function namesFor(
  user: User,
  catalogue: readonly CataloguedPermission[],
): Promise<NamedPermission[]> {
  const names: NamedPermission[] = distinctNames(catalogue);
  const known = new Set(names.map(({ perm }) => perm));
  for (const { perm, name } of (await listPermissions(user)).values()) {
    const [appLabel = ''] = perm.split('.');
    if (!known.has(perm)) names.push({ perm, name, appLabel, model: '' });
  }
  return names;
}
