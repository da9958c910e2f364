import { whyNotDeleted } from '@/lib/contrib/admin/deletion/deletion';
import { readForm, type UnseenIds } from '@/lib/contrib/admin/form/form-fields';
import { INVALID_CHOICE, REQUIRED } from '@/lib/contrib/admin/form/read-column';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { hasChangePermission, hasDeletePermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { getTextList } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import { isFilled } from './blank-line';
import { linesNamed } from './line-rows';
import { type Lines, linesOf, withPrefix } from './lines';
import { isTicked, readManagement, sentText } from './management-form';

/** A line that a form asks to add, change or delete. */
export type SentLine = {
  /** What the names of its fields begin with: `lines-0`. */
  readonly prefix: string;
  /** Its screens, with these names. */
  readonly admin: ModelAdmin;
  /** Null for a new one. */
  readonly id: RowId | null;
  /** Whether it is new, or one that its sender sees in the row; any other is as good as gone. */
  readonly isKnown: boolean;
  readonly isDeleted: boolean;
  readonly values: Values;
  readonly unseen: UnseenIds;
  readonly version: string;
};

/** What a form asks of the lines of one inline, and what is wrong with that as far as it can be read. */
export type SentLines = {
  readonly lines: Lines;
  readonly sent: readonly SentLine[];
  readonly errors: FieldErrors;
};

type Wanted = { id: RowId | null; form: FormData; isCopy?: boolean };

/**
 * Read all that a form says of lines: of those that the user may add, change or delete; the rest is
 * passed over. Never throws for what somebody sent. Call it outside a transaction: what the user holds is
 * read by another connection.
 * Django: ModelAdmin._create_formsets, BaseInlineFormSet.full_clean
 */
export async function readInlines(
  parent: ModelAdmin,
  user: AdminUser,
  wanted: Wanted,
): Promise<SentLines[]> {
  if ((parent.options.inlines ?? []).length === 0) return [];
  const row = wanted.id === null ? null : await readSnapshot(db, parent, wanted.id);
  const read: SentLines[] = [];
  for (const lines of await linesOf(parent, user, { row, canEdit: true })) {
    const { add, change, delete: remove } = lines.may;
    if (add || change || remove) read.push(await readLines(lines, user, wanted));
  }
  return read;
}

async function readLines(lines: Lines, user: AdminUser, wanted: Wanted): Promise<SentLines> {
  const { form, id: parentId } = wanted;
  const { total, initial, errors } = readManagement(form, lines.prefix, lines.maxNum);
  const known = await linesKnown(lines, user, { ...wanted, total });
  const sent: SentLine[] = [];
  const seen = new Set<RowId>();
  for (let index = 0; index < total; index += 1) {
    const prefix = `${lines.prefix}-${index}`;
    const reading = { lines, form, user, prefix, isNeeded: index < initial };
    const line = await readLine(reading, wanted, known);
    if (line === null) continue;
    const isTwice = line.id !== null && seen.has(line.id);
    if (line.id !== null) seen.add(line.id);
    const own = isTwice ? { [prefix]: [INVALID_CHOICE] } : { ...line.errors };
    const key = sentText(form, `${prefix}-${lines.key.formName}`);
    const isOwn = key === '' || (parentId !== null && key === String(parentId)) || wanted.isCopy;
    if (!isOwn) own[prefix] = ['The inline value did not match the parent instance.'];
    Object.assign(errors, own);
    sent.push(line);
  }
  return { lines, sent, errors };
}

async function linesKnown(
  lines: Lines,
  user: AdminUser,
  { form, id, isCopy, total }: Wanted & { total: number },
): Promise<Map<RowId, Row>> {
  if (id === null || isCopy || !lines.may.view) return new Map();
  const ids = Array.from({ length: total }, (_, index) => idSent(lines, form, index));
  const wanted = ids.filter((each) => each !== null);
  return linesNamed(db, lines, { user, parentId: id, ids: [...new Set(wanted)] });
}

function idSent({ prefix, admin }: Lines, form: FormData, index: number): RowId | null {
  return parseRowId(sentText(form, `${prefix}-${index}-id`), admin.meta);
}

type Reading = {
  lines: Lines;
  form: FormData;
  user: AdminUser;
  prefix: string;
  isNeeded: boolean;
};
type ReadLine = SentLine & { errors: FieldErrors };

async function readLine(
  reading: Reading,
  { id: parentId, isCopy }: Wanted,
  known: ReadonlyMap<RowId, Row>,
): Promise<ReadLine | null> {
  const { lines, form, prefix } = reading;
  const sent = sentText(form, `${prefix}-id`);
  const isDeleted = isTicked(form, `${prefix}-DELETE`);
  if (sent === '' || isCopy || parentId === null) {
    const isLost = reading.isNeeded && sent === '' && !isCopy && parentId !== null;
    if (isLost) return lost(reading, `(Hidden field id) ${REQUIRED}`);
    const wasLine = isCopy === true && sent !== '';
    return isDeleted || (wasLine && !lines.may.change) ? null : readNew(reading, wasLine);
  }
  if (!(lines.may.change || lines.may.delete)) return null;
  const id = parseRowId(sent, lines.admin.meta);
  if (id === null) return lost(reading, INVALID_CHOICE);
  return readOld(reading, { id, isDeleted, row: known.get(id) ?? null });
}

async function readNew(reading: Reading, isCertain: boolean): Promise<ReadLine | null> {
  const { lines, form, user, prefix } = reading;
  if (!lines.may.add) return null;
  const admin = withPrefix(lines.admin, prefix);
  const index = Number(prefix.slice(lines.prefix.length + 1));
  const mayBeEmpty = index >= (lines.inline.options.minNum ?? 0);
  if (!isCertain && mayBeEmpty && !isFilled(admin, form)) return null;
  const { values, errors, unseen } = await readForm(admin, form, user);
  const line = { prefix, admin, id: null, isKnown: true, isDeleted: false, version: '' };
  return { ...line, values, errors, unseen };
}

type Old = { id: RowId; isDeleted: boolean; row: Row | null };

async function readOld(reading: Reading, { id, isDeleted, row }: Old): Promise<ReadLine | null> {
  const { lines, form, user, prefix } = reading;
  const version = sentText(form, `${prefix}-_version`);
  const admin = withPrefix(lines.admin, prefix);
  const isKnown = row !== null;
  const line = { prefix, admin, id, isKnown, isDeleted, version, values: {}, unseen: new Map() };
  if (isDeleted && lines.may.delete) {
    // A line that is gone already is what was asked for.
    if (row === null) return null;
    if (await hasDeletePermission(user, lines.admin, row)) {
      return { ...line, errors: await deletionErrors(lines, user, { prefix, row }) };
    }
  }
  const mayChange =
    lines.may.change && (row === null || (await hasChangePermission(user, lines.admin, row)));
  if (!mayChange) return null;
  const { values, errors, unseen } = await readForm(admin, form, user);
  return { ...line, isDeleted: false, values, errors: row === null ? {} : errors, unseen };
}

// Django: DeleteProtectedModelForm.hand_clean_DELETE
async function deletionErrors(
  { admin }: Lines,
  user: AdminUser,
  { prefix, row }: { prefix: string; row: Row },
): Promise<FieldErrors> {
  const { permsNeeded, refusals } = await whyNotDeleted(admin, user, [row]);
  const denied =
    permsNeeded.length > 0
      ? [`It would take along what you may not delete: ${getTextList(permsNeeded, 'and')}.`]
      : [];
  const told = [...denied, ...refusals];
  return told.length > 0 ? { [prefix]: told } : {};
}

function lost({ lines, prefix }: Reading, message: string): ReadLine {
  const { admin } = lines;
  const errors = { [prefix]: [message] };
  return {
    prefix,
    admin,
    id: null,
    isKnown: false,
    isDeleted: false,
    values: {},
    errors,
    unseen: new Map(),
    version: '',
  };
}
