import { reviewSeenBy } from '@/lib/contrib/auth/admin/rights/seen-by';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { memberCounts } from '@/lib/contrib/auth/permissions/group-members';
import { confirmEffects } from '@/lib/contrib/auth/rights/asked-backends';
import {
  type Confirmation,
  type Unconfirmed,
  whyNotConfirmed,
} from '@/lib/contrib/auth/rights/confirmation';
import { type TransactionClient, transaction } from '@/lib/db/client';
import type { MatrixChange } from './matrix-changes';
import { type MatrixReview, requireChangePermission, reviewChanges } from './matrix-review';
import { writeColumns } from './matrix-write';

/** What came of saving: done, or not, with what the person should read first. */
export type SavedMatrix = { isSaved: boolean; review: MatrixReview } & Omit<Unconfirmed, 'review'>;

/**
 * Save changes if they do exactly what the person has read: if the review made anew in the
 * transaction is not the one that `confirmation` names, or a rule is against it, nothing is written. One
 * transaction with a history entry and a security event for each group and user. Throws
 * PermissionDenied as `requireChangePermission`.
 * Django: ModelAdmin.save_related, construct_change_message
 */
export async function saveChanges(
  request: SecurityRequest & { user: User },
  changes: readonly MatrixChange[],
  confirmation: Confirmation,
): Promise<SavedMatrix> {
  await requireChangePermission(request.user, changes);
  const saved = await transaction(async (tx): Promise<SavedMatrix> => {
    const members = await lockGroups(tx, changes);
    const review = await reviewChanges(tx, request.user, changes);
    const why = whyNotConfirmed(review, confirmation);
    if (why || review.refusals.length > 0) return { isSaved: false, ...why, review };
    await writeColumns(tx, request, review.columns, members);
    return { isSaved: true, review };
  });
  const review = saved.isSaved ? saved.review : await confirmEffects(saved.review);
  return { ...saved, review: await reviewSeenBy(request.user, review) };
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
  return reviewSeenBy(actor, await confirmEffects(review));
}

// Of two who save the same group at once the second waits, and sees what the first has done. Users
// are locked by the rules about them.
async function lockGroups(
  tx: TransactionClient,
  changes: readonly MatrixChange[],
): Promise<Map<number, number>> {
  const ids = changes.filter(({ kind }) => kind === 'group').map(({ id }) => id);
  return memberCounts(tx, [...new Set(ids)], { isLocked: true });
}
