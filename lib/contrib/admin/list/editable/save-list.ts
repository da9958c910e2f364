import { differs } from '@/lib/contrib/admin/form/clashes';
import { editableFields, readForm } from '@/lib/contrib/admin/form/form-fields';
import { type Judged, judgeChange, lockForChange } from '@/lib/contrib/admin/form/row-change';
import { changeMessages, saveTwice, type Told } from '@/lib/contrib/admin/form/save';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import { type ReadChange, readFirst } from '@/lib/contrib/admin/form/write/read-first';
import { writeChange } from '@/lib/contrib/admin/form/write/write-change';
import { duplicateErrors, type Kept } from '@/lib/contrib/admin/inlines/duplicates';
import type { LineConflict } from '@/lib/contrib/admin/inlines/judge-lines';
import { withPrefix } from '@/lib/contrib/admin/inlines/lines';
import { readManagement, sentText } from '@/lib/contrib/admin/inlines/management-form';
import type { SentLine } from '@/lib/contrib/admin/inlines/read-lines';
import { keptMessages } from '@/lib/contrib/admin/kept/kept-changes';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import {
  ACTION_FLAGS,
  type LoggedAction,
  logActions,
  reasonMessages,
} from '@/lib/contrib/admin/models';
import { movedMessages } from '@/lib/contrib/admin/moved-messages';
import type { AdminRequest, AdminUser, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { findRows, lockRows, visibleIds } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import type { Confirmation, Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { db, type TransactionClient } from '@/lib/db/client';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import { editScreens, LIST_PREFIX } from './edit-screens';

/** What became of a list that was changed itself. Nothing was written unless it is saved. */
export type SavedList =
  | { kind: 'saved'; count: number; notes: readonly string[]; review: RightsReview | null }
  /** Somebody gains or loses something by it, which is to be read first. */
  | ({ kind: 'unread'; isGrant: boolean } & Unconfirmed)
  | { kind: 'refused'; errors: FieldErrors }
  /** Others have changed these rows. */
  | { kind: 'conflict'; rows: readonly LineConflict[] }
  /** It gives a right to somebody, and the sign-in is old. */
  | { kind: 'stale sign-in' };

type Wanted = {
  form: FormData;
  isFresh: boolean;
  /** What they say of the review; without it none is asked for: where there is no page to show it on. */
  confirmation?: Confirmation;
  /** Hears of each row that was written, once all are saved. */
  written?: Told;
};

const MOST_ROWS = 1000;

/**
 * Save what the form of a list says of its rows: of those that the user may change, in one transaction,
 * with an entry in the history for each that changed. Call it outside a transaction.
 * Django: ModelAdmin.changelist_view, _get_edited_object_pks
 */
export async function saveList(
  admin: ModelAdmin,
  request: AdminRequest,
  wanted: Wanted,
): Promise<SavedList> {
  const screens = editScreens(admin);
  const { sent, errors } = await readRows(screens, request.user, wanted.form);
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  return saveTwice(wanted.written, (tx, written) =>
    saveInside(tx, screens, { ...wanted, request, sent, written }),
  );
}

/**
 * Whether the form of a list holds changes of its rows: an action of the list would lose them. Call it
 * outside a transaction.
 * Django: static/admin/js/actions.js, which asks before that
 */
export async function hasUnsavedRows(
  admin: ModelAdmin,
  request: AdminRequest,
  form: FormData,
): Promise<boolean> {
  const screens = editScreens(admin);
  const { sent, errors } = await readRows(screens, request.user, form);
  const ids = sent.flatMap(({ id }) => id ?? []);
  const rows = new Map((await findRows(db, screens.meta, ids)).map((row) => [row.id, row]));
  const isChanged = ({ id, values, admin: own, version }: SentLine) => {
    const row = id === null ? undefined : rows.get(id);
    return row !== undefined && isEdited(row, { fields: editableFields(own), values, version });
  };
  return Object.keys(errors).length > 0 || sent.some(isChanged);
}

type Edit = { fields: readonly FieldMeta[]; values: Values; version: string };

// Another than the form was filled with, and than there is now.
function isEdited(row: Row, { fields, values, version }: Edit): boolean {
  const keys = fields.flatMap((field) =>
    values[field.name] === undefined
      ? []
      : [[field.kind === 'foreignKey' ? field.scalar : field.name, values[field.name]]],
  );
  const [, ...sent] = versionOf({ ...row, ...Object.fromEntries(keys) }, fields).split('.');
  const [, ...drawn] = version.split('.');
  return fields.some((field, i) => sent[i] !== drawn[i] && differs(field, row, values));
}

type SentRows = { sent: SentLine[]; errors: FieldErrors };

async function readRows(screens: ModelAdmin, user: AdminUser, form: FormData): Promise<SentRows> {
  const { total, errors } = readManagement(form, LIST_PREFIX, MOST_ROWS);
  const named = Array.from({ length: total }, (_, index) => {
    const prefix = `${LIST_PREFIX}-${index}`;
    return { prefix, id: parseRowId(sentText(form, `${prefix}-id`), screens.meta) };
  });
  const ids = [...new Set(named.flatMap(({ id }) => id ?? []))];
  const visible = await visibleIds(db, screens, ids, user);
  const rows = new Map((await findRows(db, screens.meta, visible)).map((row) => [row.id, row]));
  const sent: SentLine[] = [];
  const seen = new Set<RowId>();
  for (const { prefix, id } of named) {
    if (id === null || seen.has(id)) continue;
    seen.add(id);
    const row = rows.get(id);
    if (row && !(await hasChangePermission(user, screens, row))) continue;
    const admin = withPrefix(screens, prefix);
    const version = sentText(form, `${prefix}-_version`);
    const { values, errors: wrong, unseen } = await readForm(admin, form, user);
    if (row) Object.assign(errors, wrong);
    const line = { prefix, admin, id: row ? id : null, isKnown: row !== undefined, version };
    sent.push({ ...line, isDeleted: false, values, unseen });
  }
  return { sent, errors };
}

type Call = Wanted & { request: AdminRequest; sent: readonly SentLine[] };

async function saveInside(
  tx: TransactionClient,
  screens: ModelAdmin,
  call: Call,
): Promise<SavedList> {
  const { request, sent } = call;
  const { meta } = screens;
  const ids = sent.flatMap(({ id }) => id ?? []);
  const locked = new Map<RowId, unknown>();
  if (screens.options.lock) {
    for (const id of ids) locked.set(id, await lockForChange(tx, screens, id));
  }
  const rows = await findRows(tx, meta, await lockRows(tx, meta, ids));
  const held = new Map(rows.map((row) => [row.id, row]));
  const judged: Judged[] = [];
  const conflicts: LineConflict[] = [];
  const errors: FieldErrors = {};
  const kept: Kept[] = [];
  for (const { id, prefix, admin, values, unseen, version } of sent) {
    const before = (id !== null && held.get(id)) || null;
    if (!before) {
      conflicts.push({ by: [], fields: [], prefix, admin, row: null, version: '' });
      continue;
    }
    const asked = { request, before, values, unseen, version, locked: locked.get(before.id) };
    const one = await judgeChange(tx, admin, asked);
    const now = versionOf(before, editableFields(admin));
    if (one.conflict) conflicts.push({ ...one.conflict, prefix, admin, row: before, version: now });
    const { '': whole = [], ...own } = one.errors;
    Object.assign(errors, own, whole.length > 0 && { [prefix]: whole });
    if (Object.keys(one.errors).length === 0) kept.push({ prefix, before, values });
    judged.push(one);
  }
  if (conflicts.length > 0) return { kind: 'conflict', rows: conflicts };
  Object.assign(errors, duplicateErrors({ meta, prefix: LIST_PREFIX }, kept), errors);
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  const changes = judged.filter(({ changed }) => changed.length > 0);
  const first = await readFirst(tx, changes, { request, confirmation: call.confirmation });
  if (first.kind === 'unread') return first;
  if (!call.isFresh && changes.some(({ isGrant }) => isGrant)) return { kind: 'stale sign-in' };
  const read = changes.map(first.read);
  return writeRows(tx, screens, { ...call, read, review: first.review });
}

type Rows = Call & { read: readonly ReadChange[]; review: RightsReview | null };

async function writeRows(
  tx: TransactionClient,
  { meta }: ModelAdmin,
  { request, read, review, written }: Rows,
): Promise<SavedList> {
  const entries: LoggedAction[] = [];
  const notes: string[] = [];
  for (const one of read) {
    const { done, repr, note } = await writeChange(tx, one);
    written?.(done, one.admin);
    if (note !== null) notes.push(note);
    const holders = review?.holders.filter(({ id }) => id === done.id) ?? [];
    const messages = [
      ...changeMessages(one.changed),
      ...holders.flatMap(movedMessages),
      ...reasonMessages(request),
      ...keptMessages(meta, one.changed, one.change),
    ];
    entries.push({ flag: ACTION_FLAGS.change, object: { id: done.id, repr }, messages });
  }
  await logActions(tx, request.user, meta, entries);
  return { kind: 'saved', count: entries.length, notes, review };
}
