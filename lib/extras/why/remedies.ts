import type { User } from '@/lib/contrib/auth/models';
import { decide, type Explanation } from '@/lib/contrib/auth/permissions/decisions';
import {
  type GroupPermissions,
  loadGroupPermissions,
} from '@/lib/contrib/auth/permissions/group-permissions';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { type Supposition, suppose } from '@/lib/contrib/auth/permissions/suppositions';
import { visibleText } from '@/lib/core/text';
import { db } from '@/lib/db/client';

/** What to give: the permission itself, membership in a group, or everything. */
export type Grant =
  | { kind: 'direct'; permission: CataloguedPermission }
  | ({ kind: 'group' } & GroupPermissions)
  | { kind: 'superuser' };

/** One way to end a refusal. */
export type Fix = {
  /** Whether the account has to be made active. */
  activates: boolean;
  grant: Grant | null;
  /** Other permissions that the user would hold afterwards and does not now; null for all. */
  further: number | null;
};

// More groups than this in one list help nobody to choose.
const MAX_GROUPS = 12;

/**
 * What would end a refusal, the least giving first. Each was tried: `decide` allows the permission to
 * a copy of the user to whom it was given. To be a superuser is among them only when nothing less
 * helps. Empty when nothing does. `beside` are the permissions on the models that this one is about. One
 * statement, which reads what the groups hold.
 * Django: no counterpart
 */
export async function findFixes(
  user: User,
  { perm, places }: Explanation,
  { obj, beside }: { obj: unknown; beside: readonly CataloguedPermission[] },
): Promise<Fix[]> {
  const toActivate = user.isActive ? {} : { isActive: true };
  const helps = async (changes: Supposition) =>
    (await decide(await suppose(user, { ...toActivate, ...changes }), perm, obj)).allowed;
  const activates = !user.isActive;
  if (activates && (await helps({}))) {
    return [{ activates, grant: null, further: await furtherOf(user, toActivate, perm) }];
  }

  const fixes: Fix[] = [];
  for (const grant of await candidates(perm, places, beside)) {
    if (!(await helps(changesOf(grant)))) continue;
    const further = await furtherOf(user, { ...toActivate, ...changesOf(grant) }, perm);
    fixes.push({ activates, grant, further });
  }
  if (fixes.length > 0) return fixes.sort((a, b) => (a.further ?? 0) - (b.further ?? 0));
  if (!(await helps({ isSuperuser: true }))) return [];
  return [{ activates, grant: { kind: 'superuser' }, further: null }];
}

function changesOf(grant: Grant): Supposition {
  if (grant.kind === 'direct') return { grant: [grant.permission] };
  return grant.kind === 'group' ? { join: [grant] } : { isSuperuser: true };
}

/** A fix as an instruction in English, without the user's name. */
export function fixWords({ activates, grant, further }: Fix): string {
  const steps = [
    ...(activates ? ['activate the account'] : []),
    ...(grant ? [grantWords(grant)] : []),
  ].join(' and ');
  if (further === null || further === 0) return steps;
  return `${steps}, which gives ${further} further permission${further === 1 ? '' : 's'}`;
}

function grantWords(grant: Grant): string {
  switch (grant.kind) {
    case 'direct':
      return 'grant it directly';
    case 'group':
      return `add the user to the group ${visibleText(grant.name)}`;
    case 'superuser':
      return 'make the user a superuser';
  }
}

async function candidates(
  perm: string,
  places: Explanation['places'],
  beside: readonly CataloguedPermission[],
): Promise<Grant[]> {
  const permission = beside.find((each) => each.perm === perm);
  const direct = permission ? [{ kind: 'direct' as const, permission }] : [];
  const ids = places.flatMap((place) => (place.kind === 'group' ? [place.id] : []));
  const groups = await loadGroupPermissions(db, ids.slice(0, MAX_GROUPS));
  return [...direct, ...groups.map((group) => ({ kind: 'group' as const, ...group }))];
}

// Counted among what the tables grant: that is all that a grant or a membership can change there.
async function furtherOf(user: User, changes: Supposition, perm: string): Promise<number> {
  const changed = await suppose(user, changes);
  let further = 0;
  for (const held of (await loadGrants(changed)).permissions.values()) {
    const isFurther =
      held.perm !== perm &&
      !(await decide(user, held.perm)).allowed &&
      (await decide(changed, held.perm)).allowed;
    if (isFurther) further += 1;
  }
  return further;
}
