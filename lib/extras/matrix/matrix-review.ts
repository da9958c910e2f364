import { createHash } from 'node:crypto';
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
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { someOf } from '@/lib/core/text';
import { db, type TransactionClient } from '@/lib/db/client';
import { usersSeenBy } from '@/lib/extras/why/visible-users';
import { type ColumnChange, heldAfter, type MatrixChange, resolveChanges } from './matrix-changes';
import { type MatrixEffect, matrixEffects } from './matrix-effects';
import type { People } from './matrix-people';

/** All that a person should read before saving. */
export type MatrixReview = {
  columns: ColumnChange[];
  effects: MatrixEffect[];
  /** What somebody else did meanwhile to the same cells. Those changes are left out. */
  overtaken: string[];
  /** Why it may not be saved, by the name of the group or user. */
  refusals: { name: string; texts: string[] }[];
  /** What the person would do to themselves. */
  flags: string[];
  /** The same as long as saving does the same to the same people. */
  digest: string;
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
  const { effects, fingerprint } = await matrixEffects(tx, columns, {
    actorId: actor.id,
    catalogue,
  });
  return {
    columns,
    effects,
    overtaken,
    refusals,
    flags: await flagsOf(actor, effects),
    digest: digestOf(columns, fingerprint),
  };
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

/**
 * The review as the actor may read it: with the names of those only whom they may see, and with how
 * many there are of all.
 */
export async function reviewFor(actor: User, review: MatrixReview): Promise<MatrixReview> {
  const people = review.effects.flatMap(({ gains, losses }) => [...gains.first, ...losses.first]);
  const seen = await usersSeenBy(actor, new Set(people.map(({ id }) => id)));
  const named = ({ count, first }: People) => ({
    count,
    first: first.filter(({ id }) => seen.has(id)),
  });
  const effects = review.effects.map(({ perm, gains, losses }) => ({
    perm,
    gains: named(gains),
    losses: named(losses),
  }));
  return { ...review, effects };
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

async function flagsOf(actor: User, effects: readonly MatrixEffect[]): Promise<string[]> {
  const lost = effects
    .filter(({ losses }) => losses.first.some(({ id }) => id === actor.id))
    .map(({ perm }) => perm);
  if (lost.length === 0) return [];
  const keeps = async (perm: 'auth.view_group' | 'auth.change_group') =>
    !lost.includes(perm) && (await actor.hasPerm(perm));
  const flags = [`You would lose ${someOf(lost)}.`];
  if (!((await keeps('auth.view_group')) || (await keeps('auth.change_group')))) {
    flags.push('You would lose access to this page.');
  } else if (lost.includes('auth.change_group')) {
    flags.push('You could no longer change groups.');
  }
  return flags;
}

function digestOf(columns: readonly ColumnChange[], fingerprint: string): string {
  const cells = columns.flatMap(({ kind, id, given, taken }) => [
    ...given.map((permission) => `${kind} ${id}+${permission.id}`),
    ...taken.map((permission) => `${kind} ${id}-${permission.id}`),
  ]);
  const text = JSON.stringify([cells.sort(), fingerprint]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
