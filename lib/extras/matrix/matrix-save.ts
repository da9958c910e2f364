import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { userPermissionsTable } from '@/lib/contrib/auth/users/user-table';
import { lockClause, Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import { logPrivilegeChange } from '@/lib/extras/security-log/privilege-log';
import type { SecurityRequest } from '@/lib/extras/security-log/security-log';
import { confirmEffects } from './matrix-backends';
import type { ColumnChange, MatrixChange } from './matrix-changes';
import {
  type MatrixReview,
  requireChangePermission,
  reviewChanges,
  reviewFor,
} from './matrix-review';

/** What came of saving: done, or not, with what the person should read first. */
export type SavedMatrix = { isSaved: boolean; review: MatrixReview };

/**
 * Save changes if they do exactly what the person has read: if the review made anew in the
 * transaction has another digest than `expected`, or a rule is against it, nothing is written. One
 * transaction with a history entry and a security event for each group and user. Throws
 * PermissionDenied as `requireChangePermission`.
 * Django: ModelAdmin.save_related, construct_change_message
 */
export async function saveChanges(
  request: SecurityRequest & { user: User },
  changes: readonly MatrixChange[],
  expected: string,
): Promise<SavedMatrix> {
  await requireChangePermission(request.user, changes);
  const saved = await transaction(async (tx) => {
    await lockGroups(tx, changes);
    const review = await reviewChanges(tx, request.user, changes);
    const isSaved = review.digest === expected && review.refusals.length === 0;
    if (!isSaved) return { isSaved, review };
    for (const column of review.columns) {
      await write(tx, column);
      await log(tx, request, column);
    }
    return { isSaved, review };
  });
  const review = saved.isSaved ? saved.review : await confirmEffects(saved.review);
  return { ...saved, review: await reviewFor(request.user, review) };
}

/**
 * What changes would do: the review for a person to read, with everybody in it asked about who may
 * have a permission from elsewhere. Throws PermissionDenied as `requireChangePermission`.
 */
export async function previewChanges(
  actor: User,
  changes: readonly MatrixChange[],
): Promise<MatrixReview> {
  await requireChangePermission(actor, changes);
  const review = await transaction((tx) => reviewChanges(tx, actor, changes));
  return reviewFor(actor, await confirmEffects(review));
}

// Of two who save the same group at once the second waits, and sees what the first has done. Users
// are locked by the rules about them.
async function lockGroups(tx: TransactionClient, changes: readonly MatrixChange[]): Promise<void> {
  const ids = changes.filter(({ kind }) => kind === 'group').map(({ id }) => id);
  const lock = lockClause(tx, 'FOR NO KEY UPDATE');
  if (ids.length === 0 || lock === '') return;
  await tx.$queryRaw`
    SELECT id FROM auth_group WHERE id IN (${Prisma.join([...new Set(ids)])})
    ORDER BY id${Prisma.raw(lock)}`;
}

// By hand: of a large save, createMany would take the most time.
async function write(tx: TransactionClient, { kind, id, given, taken }: ColumnChange) {
  const isGroup = kind === 'group';
  const own = userPermissionsTable();
  const table = isGroup ? Prisma.sql`auth_group_permissions` : own.table;
  const column = isGroup ? Prisma.sql`group_id` : own.user;
  const ids = (permissions: ColumnChange['given']) =>
    Prisma.join(permissions.map((each) => each.id));
  if (taken.length > 0) {
    await tx.$executeRaw`
      DELETE FROM ${table} WHERE ${column} = ${id} AND permission_id IN (${ids(taken)})`;
  }
  if (given.length > 0) {
    await tx.$executeRaw`
      INSERT INTO ${table} (${column}, permission_id)
      SELECT CAST(${id} AS integer), id FROM auth_permission WHERE id IN (${ids(given)})`;
  }
}

async function log(
  tx: TransactionClient,
  request: SecurityRequest & { user: User },
  { kind, id, name, given, taken }: ColumnChange,
): Promise<void> {
  const isGroup = kind === 'group';
  await logActions(tx, request.user, (isGroup ? groupAdmin : userAdmin()).meta, [
    {
      flag: ACTION_FLAGS.change,
      object: { id, repr: name },
      messages: [{ changed: { fields: [isGroup ? 'Permissions' : 'User permissions'] } }],
    },
  ]);
  const who = { request, actor: request.user };
  await logPrivilegeChange(
    tx,
    who,
    { kind, id, name },
    {
      given: given.map(({ perm }) => perm),
      taken: taken.map(({ perm }) => perm),
    },
  );
}
