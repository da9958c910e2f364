import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { visibleAmong } from '@/lib/contrib/admin/rows';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import type { User } from '@/lib/contrib/auth/models';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import {
  type CataloguedPermission,
  loadCatalogue,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { parseId } from '@/lib/forms/fields';
import { mayViewHolders } from './holders-page';
import { fixesOf } from './may-fix';
import { explainWhy, type Why } from './reason-tree';
import type { Fix } from './remedies';
import { whySeenBy } from './visible-groups';
import { type Difference, explainEach, type PermissionState, whatIf } from './what-if';

/** What an address asks of a user's permissions; '' for nothing. */
export type WhyQuery = { perm: string; without: string; with: string };

type NamedGroup = { id: number; name: string };

/** A decision without the names of groups that the viewer may not see, and how many these are. */
export type SeenWhy = Why & { hiddenGroups: number };

/** All that the page about a user's permissions shows. */
export type WhyPage = {
  states: PermissionState[];
  groups: NamedGroup[];
  /** Groups that the viewer may see and the user is not in; null when the viewer sees none. */
  otherGroups: NamedGroup[] | null;
  /**
   * The permission that was asked for, which of its fixes the viewer may carry out, and its id if
   * they may see who else holds it.
   */
  answer: { why: SeenWhy; allowedFixes: ReadonlySet<Fix>; holdersOf: number | null } | null;
  change: { group: NamedGroup; isLeft: boolean; difference: Difference } | null;
  /** What the address asks for and does not exist, by the name of the field. */
  errors: { perm?: string; group?: string };
};

// More than this in one list nobody chooses from.
const MAX_OTHER_GROUPS = 500;

/**
 * What a viewer is shown of a user's permissions: all of them, the reasons of one, and what would
 * change with a group less or more. That the viewer may see the user is the caller's to check.
 * Django: no counterpart
 */
export async function loadWhyPage(viewer: User, user: User, query: WhyQuery): Promise<WhyPage> {
  const catalogue = await loadCatalogue();
  const states = await explainEach(user, catalogue);
  const { groups } = await loadGrants(user);
  const otherGroups = await groupsSeenBy(viewer, user);
  const errors: WhyPage['errors'] = {};

  const isKnown = states.some(({ perm }) => perm === query.perm);
  const all = isKnown ? await explainWhy(user, { perm: query.perm, catalogue }) : null;
  const known = groups.map(({ id }) => id);
  const why = all && (await whySeenBy(viewer, all, known));
  const answer = why && {
    why,
    allowedFixes: await fixesOf(viewer, user, { fixes: why.fixes, catalogue }),
    holdersOf: await permissionSeenBy(viewer, why.perm, catalogue),
  };
  if (query.perm !== '' && !isKnown) errors.perm = 'There is no such permission.';

  const isLeft = query.without !== '';
  const wanted = parseId(isLeft ? query.without : query.with);
  const group = (isLeft ? groups : (otherGroups ?? [])).find(({ id }) => id === wanted);
  const isAsked = isLeft || query.with !== '';
  if (isAsked && !group) errors.group = 'There is no such group to take away or give.';
  const change = group && {
    group,
    isLeft,
    difference: await whatIf(
      user,
      isLeft ? { leave: [group.id] } : { join: await loadGroupPermissions(db, [group.id]) },
      { before: states, catalogue },
    ),
  };
  return { states, groups, otherGroups, answer, change: change ?? null, errors };
}

async function permissionSeenBy(
  viewer: User,
  wanted: string,
  catalogue: readonly CataloguedPermission[],
): Promise<number | null> {
  if (!(await mayViewHolders(viewer))) return null;
  return catalogue.find(({ perm }) => perm === wanted)?.id ?? null;
}

async function groupsSeenBy(viewer: User, user: User): Promise<NamedGroup[] | null> {
  if (!(await hasViewPermission(viewer, groupAdmin))) return null;
  const rows = await db.$queryRaw<NamedGroup[]>`
    SELECT g.id, g.name FROM auth_group g WHERE NOT ${isMember(user)}
    ORDER BY g.name LIMIT ${MAX_OTHER_GROUPS}`;
  const ids = rows.map(({ id }) => id);
  const visible = new Set(await visibleAmong(groupAdmin, ids, viewer));
  return rows.filter(({ id }) => visible.has(id));
}

// Asked by the database: whoever is in thousands of groups has more ids than a statement may name.
function isMember({ id, meta: { groups } }: User): Prisma.Sql {
  if (!groups) return Prisma.sql`FALSE`;
  return Prisma.sql`EXISTS (SELECT 1 FROM ${identifier(groups.table)} m
    WHERE m.group_id = g.id AND m.${identifier(groups.column)} = ${id})`;
}
