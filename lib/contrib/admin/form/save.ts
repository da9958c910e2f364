import { keepUploads } from '@/lib/contrib/admin/files/uploads';
import { judgeLines, type LineConflict } from '@/lib/contrib/admin/inlines/judge-lines';
import { readInlines, type SentLines } from '@/lib/contrib/admin/inlines/read-lines';
import { writeLines } from '@/lib/contrib/admin/inlines/write-lines';
import { keptMessages } from '@/lib/contrib/admin/kept/kept-changes';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import {
  ACTION_FLAGS,
  type ChangeMessage,
  logActions,
  reasonMessages,
} from '@/lib/contrib/admin/models';
import { movedMessages } from '@/lib/contrib/admin/moved-messages';
import type { AdminRequest, Change, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import type { Confirmation, Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { capfirst, visibleText } from '@/lib/core/text';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isForeignKeyViolation, referringTable, violatedCheck } from '@/lib/db/errors';
import { trySecondTime } from '@/lib/db/unique';
import type { RowId } from '@/lib/forms/row-id';
import { editableFields, readForm, type UnseenIds } from './form-fields';
import { judgeChange, lockForChange } from './row-change';
import { readSnapshot } from './snapshot';
import { type Conflict, versionOf } from './versions';
import { readFirst } from './write/read-first';
import { writeChange } from './write/write-change';

/** Hears what was written of a row, and by which screens. */
export type Told = (change: Change & { id: RowId }, admin: ModelAdmin) => void;

/** What a form asks to be saved: a new row if `id` is null. */
export type Wanted = {
  id: RowId | null;
  form: FormData;
  /** Whether who asks has shown a moment ago who they are. */
  isFresh: boolean;
  /** Whether the form is that of another row, of which a new one is made with all its lines. */
  isCopy?: boolean;
  /**
   * What they say of the review of a change that moves rights. Without it none is asked for: where
   * there is no page to show it on.
   */
  confirmation?: Confirmation;
  /** Hears of each row that was written, once all are saved. */
  written?: Told;
};

/** What became of it. Nothing was written unless it is saved. */
export type Saved =
  | { kind: 'saved'; id: RowId; str: string; note?: string; review?: RightsReview }
  /** Somebody gains or loses something by it, which is to be read first. */
  | ({ kind: 'unread'; isGrant: boolean } & Unconfirmed)
  | { kind: 'refused'; errors: FieldErrors }
  /**
   * Somebody else has changed the row or its lines; `row` is what it is now, and `version` its
   * version.
   */
  | { kind: 'conflict'; conflict: Conflict; row: Row; version: string; lines: LineConflict[] }
  /** It gives a right to somebody or deletes what guards an account, and the sign-in is old. */
  | { kind: 'stale sign-in' }
  | { kind: 'gone' };

/**
 * Save what a form says of one row: its columns, its many-to-many rows, its lines and the entry in the
 * history, in one transaction. Only the fields that the form shows are read, and only what differs is
 * written. Whether the user may, the caller has asked. Call it outside a transaction.
 * Django: ModelAdmin._changeform_view, save_model, save_related, construct_change_message
 */
export async function saveObject(
  admin: ModelAdmin,
  request: AdminRequest,
  wanted: Wanted,
): Promise<Saved> {
  const { values, errors, unseen } = await readForm(admin, wanted.form, request.user);
  const inlines = await readInlines(admin, request.user, wanted);
  const wrong = Object.assign(errors, ...inlines.map((each) => each.errors));
  if (Object.keys(wrong).length > 0) return { kind: 'refused', errors: wrong };
  const call = { request, values, unseen, inlines, ...wanted };
  const rows = inlines.flatMap(({ sent }) => sent);
  const uploading = [{ values, admin }, ...rows].map((each) => ({
    values: each.values,
    fields: editableFields(each.admin),
  }));
  return keepUploads(uploading, () =>
    saveTwice(wanted.written, (tx, written) => saveInside(tx, admin, { ...call, written })),
  );
}

/**
 * Save something in a transaction, and of two who take the same name at once tell the second by her second try. What the
 * database refuses because of rows of others is said of the form as a whole. `told` hears of what was
 * written by the run that counts.
 */
export async function saveTwice<T extends { kind: string }>(
  told: Told | undefined,
  attempt: (tx: TransactionClient, written: Told) => Promise<T>,
): Promise<T | { kind: 'refused'; errors: FieldErrors }> {
  const save = async () => {
    let heard: Parameters<Told>[] = [];
    const saved = await transaction((tx) => {
      heard = [];
      return attempt(tx, (...written) => heard.push(written));
    });
    if (saved.kind === 'saved') for (const written of heard) told?.(...written);
    return saved;
  };
  try {
    return await trySecondTime(save);
  } catch (error) {
    if (isForeignKeyViolation(error)) return { kind: 'refused', errors: { '': [referred(error)] } };
    const check = violatedCheck(error);
    if (check !== null) return { kind: 'refused', errors: { '': [ruledOut(check)] } };
    throw error;
  }
}

// A Django site's tables have rules that only its own forms explain.
function ruledOut(check: string): string {
  return `The database refuses these values by its rule ${check}. Nothing was saved.`;
}

function referred(error: unknown): string {
  const table = referringTable(error);
  const rows = table === null ? 'rows of another application' : `rows of ${table}`;
  return `The database refuses this change because of ${rows}. Nothing was saved.`;
}

/** A form that has been read, and who asks. */
export type Call = Wanted & {
  request: AdminRequest;
  values: Values;
  unseen: UnseenIds;
  inlines: readonly SentLines[];
};

/**
 * The same inside a transaction, which may save several rows: of a form that `readForm` has read
 * before it. What is not saved has written nothing. Throws what the database throws.
 * Django: no counterpart; ModelAdmin._changeform_view is one row
 */
export async function saveInside(
  tx: TransactionClient,
  admin: ModelAdmin,
  call: Call,
): Promise<Saved> {
  const { id, form, request, inlines } = call;
  const locked = await lockForChange(tx, admin, id);
  const before = id === null ? null : await readSnapshot(tx, admin, id);
  if (id !== null && !before) return { kind: 'gone' };
  const version = String(form.get('_version') ?? '');
  const judged = await judgeChange(tx, admin, { ...call, before, version, locked });
  const about = { request, parent: before, meta: admin.meta };
  const lines = [];
  for (const sent of inlines) lines.push(await judgeLines(tx, sent, about));
  const conflicts = lines.flatMap((each) => each.conflicts);
  if (before && (judged.conflict || conflicts.length > 0)) {
    const conflict = judged.conflict ?? { by: conflicts.flatMap(({ by }) => by), fields: [] };
    const now = versionOf(before, editableFields(admin));
    return { kind: 'conflict', conflict, row: before, version: now, lines: conflicts };
  }
  const errors = Object.assign(judged.errors, ...lines.map((each) => each.errors));
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  const isGrant = judged.isGrant || lines.some((each) => each.isGrant);
  const changes = [judged, ...lines.flatMap((each) => each.judged)];
  const deletions = lines.map((each) => each.deletion);
  const { confirmation } = call;
  const first = await readFirst(tx, changes, { request, deletions, confirmation });
  if (first.kind === 'unread') return { ...first, isGrant };
  if (!call.isFresh && isGrant) return { kind: 'stale sign-in' };
  const { review, read } = first;
  const { done, repr, note } = await writeChange(tx, read(judged));
  call.written?.(done, admin);
  const notes = [note];
  const messages: ChangeMessage[] = before ? changeMessages(judged.changed) : [{ added: {} }];
  for (const holder of review?.holders ?? []) {
    if (holder.id === done.id) messages.push(...movedMessages(holder));
  }
  for (const each of lines) {
    const told = { request, parentId: done.id, tell: call.written, read };
    const written = await writeLines(tx, each, told);
    messages.push(...written.messages);
    notes.push(...written.notes);
  }
  messages.push(...reasonMessages(request));
  messages.push(...keptMessages(admin.meta, judged.changed, judged.change));
  const flag = before ? ACTION_FLAGS.change : ACTION_FLAGS.addition;
  await logActions(tx, request.user, admin.meta, [
    { flag, object: { id: done.id, repr }, messages },
  ]);
  const told = notes.filter((each) => each !== null).join(' ');
  const str = visibleText(repr);
  return {
    kind: 'saved',
    id: done.id,
    str,
    ...(told !== '' && { note: told }),
    ...(review && { review }),
  };
}

/**
 * What the history says of a row's changed fields: nothing where there are none.
 * Django: contrib/admin/utils.py construct_change_message
 */
export function changeMessages(changed: readonly FieldMeta[]): ChangeMessage[] {
  const fields = changed.map(({ verboseName }) => capfirst(verboseName));
  return fields.length > 0 ? [{ changed: { fields } }] : [];
}
