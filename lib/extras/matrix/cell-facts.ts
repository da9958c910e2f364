import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { visibleIds } from '@/lib/contrib/admin/rows';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { permissionAdmin } from '@/lib/contrib/auth/admin/permission';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { countHolders } from '@/lib/extras/why/holder-list';
import { visibleUsers } from '@/lib/extras/why/visible-users';
import { isLedToHolders } from './holder-links';
import type { MatrixChange } from './matrix-changes';
import { previewChanges } from './matrix-save';

/** People whom a change concerns: how many, and the first of those whose names may be read. */
export type FactPeople = { count: number; names: { id: number; username: string; href: string }[] };

/** What is to be known of one cell before it is changed. */
export type CellFacts = {
  /** How many people of those whom one may see have the permission from anywhere; null where one may not ask. */
  holders: { count: number; isExact: boolean } | null;
  /** What giving or taking it would do; null for a cell that one may not change. */
  change: { gains: FactPeople; losses: FactPeople; refusals: string[] } | null;
};

// More are counted, not named.
const NAMES = 6;

/**
 * Who has the permission of a cell, and who would gain or lose it if the cell alone were changed now,
 * by `decide` as the review does. Throws PermissionDenied for who may not view groups, or users for a
 * user's cell, and Http404 for a permission that does not exist.
 * Django: no counterpart
 */
export async function loadCellFacts(actor: User, change: MatrixChange): Promise<CellFacts> {
  const admin = change.kind === 'user' ? userAdmin() : groupAdmin;
  for (const each of new Set([groupAdmin, admin])) {
    if (!(await hasViewPermission(actor, each))) throw permissionDenied(each, 'view');
  }
  const [permission] = await loadCatalogue(undefined, [change.permissionId]);
  if (!permission) throw new Http404();
  return {
    holders: await holdersOf(actor, permission),
    change: await effectOf(actor, change, permission.perm),
  };
}

async function holdersOf(
  actor: User,
  { id, perm }: { id: number; perm: string },
): Promise<CellFacts['holders']> {
  if (!(await isLedToHolders(actor))) return null;
  const visible = await visibleIds(db, permissionAdmin, [id], actor);
  if (visible.length === 0) return null;
  const { conditions } = await visibleUsers(actor, '');
  const { value, isExact } = await countHolders(perm, { kind: 'granted', conditions });
  return { count: value, isExact };
}

async function effectOf(
  actor: User,
  change: MatrixChange,
  perm: string,
): Promise<CellFacts['change']> {
  try {
    const { effects, refusals } = await previewChanges(actor, [change]);
    const own = effects.find((each) => each.perm === perm);
    return {
      gains: named(own?.gains),
      losses: named(own?.losses),
      refusals: refusals.flatMap(({ texts }) => texts),
    };
  } catch (error) {
    if (error instanceof PermissionDenied) return null;
    throw error;
  }
}

type People = { count: number; first: readonly { id: number; username: string }[] };

function named({ count, first }: People = { count: 0, first: [] }): FactPeople {
  const names = first.slice(0, NAMES).map(({ id, username }) => {
    return { id, username, href: userAdminPath(`${id}/permissions/`) };
  });
  return { count, names };
}
