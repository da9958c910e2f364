import { keyOf } from '@/lib/contrib/admin/meta';
import { hasDeletePermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { ACTION_FLAGS, logActions, reasonMessages } from '@/lib/contrib/admin/models';
import type { AdminRequest, AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { findRows, lockRows, reprOf, visibleIds } from '@/lib/contrib/admin/rows';
import {
  type Confirmation,
  type Unconfirmed,
  whyNotConfirmed,
} from '@/lib/contrib/auth/rights/confirmation';
import { isFelt } from '@/lib/contrib/auth/rights/effects';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { deleteCascading, type Related, relatedTo } from '@/lib/contrib/auth/users/cascade';
import { forgetForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { chunksOf } from '@/lib/db/chunks';
import { db, inquiry, type TransactionClient, transaction } from '@/lib/db/client';
import { isForeignKeyViolation } from '@/lib/db/errors';
import type { RowId } from '@/lib/forms/row-id';
import { type DeletedRow, listDeleted } from './deletion-list';
import { foreignRows } from './foreign-rows';
import { foreignCounts, foreignRefusals, unknownReference } from './foreign-words';
import { nameOfKind } from './kind-names';

/** What deleting some rows means, for the page that asks whether it is meant. */
export type Deletion = {
  /** The rows themselves and what goes with each; long lists are cut. */
  rows: DeletedRow[];
  /** How many of the rows that are meant exist and may be seen. */
  count: number;
  /** How many rows of each kind go, the model's own first: "2 users", "5 log entries". */
  counts: { name: string; count: number }[];
  /** How many rows stay, but lose what they refer to. */
  kept: { name: string; count: number }[];
  /** Kinds of rows that would go and that the user may not delete. */
  permsNeeded: string[];
  /** Why the rules of the model forbid it, or rows of other applications' tables that refer to them. */
  refusals: string[];
  /** Who would lose what by it; null where nobody does. */
  review: RightsReview | null;
};

/**
 * What deleting these rows would take with it, also of tables that only the database knows, and what
 * forbids it. Ids without a row, and rows that
 * the user may not see, are left out. Call it outside a transaction.
 * Django: contrib/admin/utils.py get_deleted_objects, NestedObjects
 */
export async function collectDeletion(
  admin: ModelAdmin,
  ids: readonly RowId[],
  user: AdminUser,
): Promise<Deletion> {
  const { meta, options } = admin;
  const visible = await visibleIds(db, admin, ids, user);
  const rows = await findRows(db, meta, visible);
  const related = await relatedTo(db, meta.prismaName, visible);
  const foreign = await foreignRows(meta.prismaName, visible);
  const goes = ({ reference }: Related) => reference.fate === 'deleted';
  return {
    rows: await listDeleted(db, await adminSeenBy(admin, user), rows),
    count: rows.length,
    counts: [
      { name: nameOfKind(meta.prismaName, rows.length), count: rows.length },
      ...countsOf(related.filter(goes)),
      ...foreignCounts(foreign, 'deleted'),
    ],
    kept: [
      ...countsOf(related.filter((part) => !goes(part))),
      ...foreignCounts(foreign, 'emptied'),
    ],
    permsNeeded: await permsNeeded(admin, { user, rows, related }),
    refusals: [
      ...(await inquiry(async (tx) => options.cleanDelete?.(tx, user, visible) ?? [])),
      ...foreignRefusals(admin, rows, foreign),
    ],
    review: await inquiry((tx) => feltReview(tx, admin, user, visible)),
  };
}

/** What came of a deletion: how many rows went, or why none did. */
export type Deleted = {
  count: number;
  refusals: string[];
  /** Somebody would lose something by it, which is to be read first. */
  unread?: Unconfirmed;
};

/**
 * Delete rows and all that hangs on them, with an entry in the history for each, in one transaction.
 * Returns how many rows of the model went. Nothing goes, and `refusals` says why, if the rules of
 * the model forbid it, or the database because rows of other applications refer to them. Throws PermissionDenied if the user may not delete one of the rows, or
 * something that goes with them. Of a form it has what the person says of the review, without which
 * nobody loses anything by it. Call it outside a transaction: what the user holds is read by
 * another connection.
 * Django: ModelAdmin.delete_queryset, log_deletions; db/models/deletion.py Collector.delete
 */
export async function deleteRows(
  admin: ModelAdmin,
  ids: readonly RowId[],
  request: AdminRequest,
  confirmation?: Confirmation,
): Promise<Deleted> {
  const { user } = request;
  const visible = await visibleIds(db, admin, ids, user);
  const rows = await findRows(db, admin.meta, visible);
  const { permsNeeded: needed, refusals: known } = await whyNotDeleted(admin, user, rows);
  if (needed.length > 0) throw permissionDenied(admin, 'delete');
  if (known.length > 0) return { count: 0, refusals: known };
  const refusals = () => refusalsOf(admin, rows);
  try {
    return await transaction((tx) =>
      deleteLocked(tx, admin, { ids: visible, request, confirmation }),
    );
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    // Of a table that is new, or that we may not read, or a row that came since.
    forgetForeignKeys();
    const found = await refusals();
    const unknown = unknownReference(admin, error, rows.length);
    return { count: 0, refusals: found.length > 0 ? found : [unknown] };
  }
}

/**
 * Kinds of rows that would go with these and that the user may not delete, and rows of other
 * applications' tables that forbid it. Call it outside a transaction.
 * Django: contrib/admin/utils.py get_deleted_objects
 */
export async function whyNotDeleted(
  admin: ModelAdmin,
  user: AdminUser,
  rows: readonly Row[],
): Promise<Pick<Deletion, 'permsNeeded' | 'refusals'>> {
  const ids = rows.map(({ id }) => id);
  const related = await relatedTo(db, admin.meta.prismaName, ids);
  const needed = await permsNeeded(admin, { user, rows, related });
  return { permsNeeded: needed, refusals: needed.length > 0 ? [] : await refusalsOf(admin, rows) };
}

async function refusalsOf(admin: ModelAdmin, rows: readonly Row[]): Promise<string[]> {
  const ids = rows.map(({ id }) => id);
  return foreignRefusals(admin, rows, await foreignRows(admin.meta.prismaName, ids));
}

type Doomed = {
  ids: readonly RowId[];
  request: AdminRequest;
  confirmation: Confirmation | undefined;
};

async function deleteLocked(
  tx: TransactionClient,
  admin: ModelAdmin,
  { ids, request, confirmation }: Doomed,
): Promise<Deleted> {
  const { meta, options } = admin;
  const doomed = await lockRows(tx, meta, ids);
  const refusals = (await options.cleanDelete?.(tx, request.user, doomed)) ?? [];
  if (refusals.length > 0 || doomed.length === 0) return { count: 0, refusals };
  if (confirmation) {
    const review = await feltReview(tx, admin, request.user, doomed);
    const unread = review && whyNotConfirmed(review, confirmation);
    if (unread) return { count: 0, refusals: [], unread };
  }
  const rows = await findRows(tx, meta, doomed);
  const flag = ACTION_FLAGS.deletion;
  const messages = reasonMessages(request);
  const entries = rows.map((row) => ({
    flag,
    object: { id: row.id, repr: reprOf(admin, row) },
    ...(messages.length > 0 && { messages }),
  }));
  for (const chunk of chunksOf(entries)) await logActions(tx, request.user, meta, chunk);
  return { count: await removeRows(tx, admin, { ids: doomed, request }), refusals: [] };
}

/**
 * Delete rows and all that hangs on them, once all that forbids it was asked. Returns how many there
 * were.
 * Django: db/models/deletion.py Collector.delete
 */
export async function removeRows(
  tx: TransactionClient,
  { meta, options }: ModelAdmin,
  { ids, request }: { ids: readonly RowId[]; request: AdminRequest },
): Promise<number> {
  if (ids.length === 0) return 0;
  await options.deleting?.(tx, request, ids);
  return deleteCascading(tx, meta.prismaName, ids);
}

async function feltReview(
  tx: TransactionClient,
  { options }: ModelAdmin,
  user: AdminUser,
  ids: readonly RowId[],
): Promise<RightsReview | null> {
  const review = (await options.reviewDeletion?.(tx, user, ids)) ?? null;
  return review && isFelt(review) ? review : null;
}

async function permsNeeded(
  admin: ModelAdmin,
  { user, rows, related }: { user: AdminUser; rows: readonly Row[]; related: Related[] },
): Promise<string[]> {
  const needed = new Set<string>();
  for (const row of rows) {
    if (await hasDeletePermission(user, admin, row)) continue;
    needed.add(admin.meta.verboseName);
    break;
  }
  for (const { reference } of related) {
    const key = keyOf(reference.prismaName);
    const screens = reference.fate === 'deleted' && key ? admin.site.find(key) : null;
    if (!screens || screens.options.isDeletedWithOthers) continue;
    if (!(await hasDeletePermission(user, screens))) needed.add(screens.meta.verboseName);
  }
  return [...needed];
}

function countsOf(related: readonly Related[]): { name: string; count: number }[] {
  const sums = new Map<string, number>();
  for (const { reference, count } of related) {
    sums.set(reference.prismaName, (sums.get(reference.prismaName) ?? 0) + count);
  }
  return [...sums].map(([name, count]) => ({ name: nameOfKind(name, count), count }));
}
