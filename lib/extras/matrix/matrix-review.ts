import {
  hasChangePermission,
  hasViewPermission,
  mayChangeEach,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { findRows, visibleIds } from '@/lib/contrib/admin/rows';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { groupGrantErrors, userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import {
  type CataloguedPermission,
  loadCatalogue,
  ofIds,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { ownLosses, type RightsReview, reviewRights } from '@/lib/contrib/auth/rights/review';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { db, type TransactionClient } from '@/lib/db/client';
import { type ColumnChange, heldAfter, type MatrixChange, resolveChanges } from './matrix-changes';

/** All that a person should read before saving. */
export type MatrixReview = RightsReview & {
  columns: ColumnChange[];
  /** What somebody else did meanwhile to the same cells. Those changes are left out. */
  overtaken: string[];
};

/**
 * What changes would do if they were saved now: who gains and who loses what, what the rules say
 * against it, and what the actor would lose. Inside a transaction nothing changes until its end.
 * Django: no counterpart
 */
export async function reviewChanges(
  tx: TransactionClient,
  actor: User,
  changes: readonly MatrixChange[],
): Promise<MatrixReview> {
  const refusals = [];
  const catalogue = await loadCatalogue(tx);
  const { columns, overtaken } = await resolveChanges(tx, changes, catalogue);
  const grants = columns.flatMap(({ kind, id, given }) =>
    kind === 'group' ? [{ groupId: id, given }] : [],
  );
  const ofGroups = await groupGrantErrors(tx, actor, grants);
  for (const column of columns) {
    const errors =
      column.kind === 'group'
        ? (ofGroups.get(column.id) ?? {})
        : await userErrors(tx, actor, column, catalogue);
    const texts = Object.values(errors).flat();
    if (texts.length > 0) refusals.push({ name: column.name, texts });
  }
  const review = await reviewRights(tx, actor, columns, { catalogue, refusals });
  const flags = [...review.flags, ...(await flagsOf(actor, review))];
  return { ...review, columns, overtaken, flags };
}

/**
 * Throws PermissionDenied unless the actor may see the matrix and change each group and user that
 * the changes name. Only who may change all learns which of them do not exist. Asked before a
 * transaction, because a backend may query.
 */
export async function requireChangePermission(
  actor: User,
  changes: readonly MatrixChange[],
): Promise<void> {
  if (!(await hasViewPermission(actor, groupAdmin))) throw permissionDenied(groupAdmin, 'view');
  for (const [kind, admin] of [['group', groupAdmin] as const, ['user', userAdmin()] as const]) {
    const ids = [...new Set(changes.flatMap((each) => (each.kind === kind ? [each.id] : [])))];
    if (ids.length > 0) await requireChangeOf(actor, admin, ids);
  }
}

async function requireChangeOf(actor: User, admin: ModelAdmin, ids: number[]): Promise<void> {
  if (await mayChangeEach(actor, admin)) return;
  const denied = permissionDenied(admin, 'change');
  const mayAll = await hasChangePermission(actor, admin);
  const seesAll = (await admin.options.getQueryset?.(actor)) === undefined;
  const visible = await visibleIds(db, admin, ids, actor);
  if (visible.length < ids.length && !(mayAll && seesAll)) throw denied;
  for (const row of await findRows(db, admin.meta, visible)) {
    if (!(await hasChangePermission(actor, admin, row))) throw denied;
  }
}

async function userErrors(
  tx: TransactionClient,
  actor: User,
  column: ColumnChange,
  catalogue: readonly CataloguedPermission[],
) {
  return userChangeErrors(tx, actor, {
    accounts: await lockAccounts(tx, [column.id]),
    before: { id: column.id, userPermissions: column.held },
    next: { userPermissions: heldAfter(column) },
    lookup: {
      permissions: async (ids: readonly number[]) => ofIds(catalogue, ids),
      groups: async () => [],
    },
  });
}

// What somebody would do to themselves with this page.
async function flagsOf(actor: User, review: RightsReview): Promise<string[]> {
  const lost = ownLosses(review, actor.id);
  if (lost.length === 0) return [];
  const keeps = async (perm: 'auth.view_group' | 'auth.change_group') =>
    !lost.includes(perm) && (await actor.hasPerm(perm));
  if (!((await keeps('auth.view_group')) || (await keeps('auth.change_group')))) {
    return ['You would lose access to this page.'];
  }
  return lost.includes('auth.change_group') ? ['You could no longer change groups.'] : [];
}
