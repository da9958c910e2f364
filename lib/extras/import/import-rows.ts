import { changedFields } from '@/lib/contrib/admin/form/clashes';
import { type Call, saveInside } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type {
  ActionOutcome,
  AdminRequest,
  Change,
  ModelAdmin,
  Row,
} from '@/lib/contrib/admin/options';
import { findRows, lockRows, strOf } from '@/lib/contrib/admin/rows';
import {
  type Confirmation,
  type Unconfirmed,
  whyUnread,
} from '@/lib/contrib/auth/rights/confirmation';
import { type RightsReview, reviewTogether } from '@/lib/contrib/auth/rights/review';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { digestOf, plainFields, type ReadRow } from './read-rows';
import { type ReportRow, reportOf } from './report';

/** What was written of a file, for what follows once it is committed. */
export type Written = {
  changes: (Change & { id: RowId })[];
  outcomes: ActionOutcome[];
};

/** What becomes of the rows of a file, as far as the transaction got. */
export type Imported =
  | { kind: 'done'; rows: ReportRow[]; written: Written; review: RightsReview | null }
  /** Rows move rights that somebody feels, which is to be read first. */
  | ({ kind: 'unread'; isGrant: boolean } & Unconfirmed)
  /** A row gives a right to somebody, and the sign-in is old. */
  | { kind: 'stale sign-in' };

type Asked = {
  request: AdminRequest;
  rows: readonly ReadRow[];
  isFresh: boolean;
  /** What the rows were when they were looked at, in the order of the file; null at the first look. */
  digests: readonly (string | null)[] | null;
  /** What is said of the review of rights that rows move; undefined at the first look. */
  confirmation?: Confirmation | undefined;
};

/** What is said of a row that is no longer what it was. */
export const MOVED = 'Somebody changed this row after you looked at it.';

/**
 * Write the rows of a file, each as `saveInside` saves a form, with its rules and its entry in the
 * history; rows that are refused, or that somebody has changed since they were looked at, are left out
 * and say why. Whether all of it counts, the caller decides, who ends the transaction.
 * django-import-export: Resource.import_data
 */
export async function importRows(
  tx: TransactionClient,
  admin: ModelAdmin,
  asked: Asked,
): Promise<Imported> {
  const now = await lockedRows(tx, admin, asked.rows);
  const review = asked.digests && (await reviewRows(tx, admin, asked, now));
  const why = whyUnread(review, asked.confirmation);
  if (why) return { kind: 'unread', isGrant: givesRights(admin, asked, now), ...why };
  const written: Written = { changes: [], outcomes: [] };
  const added: RowId[] = [];
  const reports: ReportRow[] = [];
  for (const [at, row] of asked.rows.entries()) {
    const current = row.id === null ? undefined : now.get(row.id);
    const looked = asked.digests ? asked.digests[at] : row.digest;
    const words = reportOf(admin, row);
    if (Object.keys(row.errors).length > 0) {
      reports.push(words.refused(row.errors));
    } else if (
      row.digest !== looked ||
      (current && digestOf(admin, current)) !== (looked ?? undefined)
    ) {
      reports.push(words.refused({ '': [MOVED] }));
    } else if (row.isSame) {
      reports.push(words.same());
    } else {
      const saved = await saveRow(tx, admin, { ...asked, row, written, added });
      if (saved === 'stale sign-in') return { kind: saved };
      reports.push('errors' in saved ? words.refused(saved.errors) : words.saved(saved.str));
    }
  }
  const { rowsAdded = [] } = admin.options;
  if (added.length > 0) {
    for (const each of rowsAdded) {
      written.outcomes.push(await each.run({ request: asked.request, ids: added, tx }));
    }
  }
  return { kind: 'done', rows: reports, written, review };
}

type Now = ReadonlyMap<RowId, Row>;

/** Rows that would be written, as changes of what is there now. */
function changesOf({ request, rows }: Asked, now: Now): Change[] {
  return rows.flatMap(({ id, isSame, errors, values }) => {
    const before = id === null || isSame ? undefined : now.get(id);
    return before && Object.keys(errors).length === 0 ? [{ request, before, values }] : [];
  });
}

// Before the first is written: of people who are new the file itself says what they get.
async function reviewRows(
  tx: TransactionClient,
  { options }: ModelAdmin,
  asked: Asked,
  now: Now,
): Promise<RightsReview | null> {
  const reviews: (RightsReview | null)[] = [];
  for (const change of options.review ? changesOf(asked, now) : []) {
    reviews.push((await options.review?.(tx, change)) ?? null);
  }
  return reviewTogether(tx, asked.request.user, reviews);
}

function givesRights({ options }: ModelAdmin, asked: Asked, now: Now): boolean {
  return changesOf(asked, now).some((change) => options.isGrant?.(change) ?? false);
}

async function lockedRows(
  tx: TransactionClient,
  admin: ModelAdmin,
  rows: readonly ReadRow[],
): Promise<Map<RowId, Row>> {
  const ids = rows.flatMap(({ id }) => id ?? []);
  const locked = ids.length === 0 ? [] : await lockRows(tx, admin.meta, ids);
  const found = await findRows(tx, admin.meta, locked);
  return new Map(found.map((row) => [row.id, row]));
}

type Saving = Asked & { row: ReadRow; written: Written; added: RowId[] };
type SavedRow = { str: string } | { errors: Record<string, string[]> } | 'stale sign-in';

async function saveRow(
  tx: TransactionClient,
  admin: ModelAdmin,
  saving: Saving,
): Promise<SavedRow> {
  const { row, request, added, written } = saving;
  if (row.id !== null || !admin.options.addObject) return saveAs(tx, admin, saving, row.id);
  const made = await admin.options.addObject(tx, { request, values: row.values });
  if ('errors' in made) return made;
  added.push(made.id);
  const before = await readSnapshot(tx, admin, made.id);
  if (before && changedFields(plainFields(admin), before, row.values).length === 0) {
    written.changes.push({ request, before: null, values: row.values, id: made.id });
    return { str: strOf(admin, before) };
  }
  return saveAs(tx, admin, saving, made.id);
}

async function saveAs(
  tx: TransactionClient,
  admin: ModelAdmin,
  { row, request, isFresh, written }: Saving,
  id: RowId | null,
): Promise<SavedRow> {
  const call: Call = {
    id,
    form: new FormData(),
    isFresh,
    written: (change) => {
      // What a new row is told besides is no news to whom it concerns.
      written.changes.push(row.id === null ? { ...change, before: null } : change);
    },
    request,
    values: row.values,
    unseen: row.unseen,
    inlines: [],
  };
  // Of the whole file it was asked before.
  const saved = await saveInside(tx, admin, call);
  switch (saved.kind) {
    case 'saved':
      return { str: saved.str };
    case 'refused':
      return { errors: saved.errors };
    case 'stale sign-in':
      return saved.kind;
    default:
      return { errors: { '': [MOVED] } };
  }
}
