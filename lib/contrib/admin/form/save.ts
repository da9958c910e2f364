import { type FieldMeta, modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, type ChangeMessage, logActions } from '@/lib/contrib/admin/models';
import type { AdminRequest, Change, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { delegateOf, findRows, lockRows, reprOf, tieDelegate } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { capfirst, visibleText } from '@/lib/core/text';
import { lockClause, Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import { isForeignKeyViolation, isUniqueViolation, referringTable } from '@/lib/db/errors';
import { databaseFault } from '@/lib/db/faults';
import { type RowId, rowIdsIn } from '@/lib/forms/row-id';
import { editableFields, readForm, type UnseenIds } from './form-fields';
import { readSnapshot } from './snapshot';
import { unheldField, uniqueTogetherErrors } from './uniqueness';
import { textOfValue } from './values';
import { type Conflict, findConflict, versionOf } from './versions';

/** What a form asks to be saved: a new row if `id` is null. */
export type Wanted = {
  id: RowId | null;
  form: FormData;
  /** Whether who asks has shown a moment ago who they are. */
  isFresh: boolean;
  /** Hears what was written; it counts once the outcome is that it is saved. */
  written?: (change: Change & { id: RowId }) => void;
};

/** What became of it. Nothing was written unless it is saved. */
export type Saved =
  | { kind: 'saved'; id: RowId; str: string; note?: string }
  | { kind: 'refused'; errors: FieldErrors }
  /** Somebody else has changed the row; `row` is what it is now, and `version` its version. */
  | { kind: 'conflict'; conflict: Conflict; row: Row; version: string }
  /** It gives a right to somebody, and the sign-in is old. */
  | { kind: 'stale sign-in' }
  | { kind: 'gone' };

/**
 * Save what a form says of one row: its columns, its many-to-many rows and the entry in the history,
 * in one transaction. Only the fields that the form shows are read, and only what differs is
 * written. Whether the user may, the caller has asked. Call it outside a transaction.
 * Django: ModelAdmin._changeform_view, save_model, save_related, construct_change_message
 */
export async function saveObject(
  admin: ModelAdmin,
  request: AdminRequest,
  wanted: Wanted,
): Promise<Saved> {
  const { values, errors, unseen } = await readForm(admin, wanted.form, request.user);
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  const save = () =>
    transaction((tx) => saveInside(tx, admin, { request, values, unseen, ...wanted }));
  try {
    return await save();
  } catch (error) {
    if (isForeignKeyViolation(error)) return { kind: 'refused', errors: { '': [referred(error)] } };
    // A number that is taken is a fault of the database's, which a second try would only hide.
    if (!isUniqueViolation(error) || databaseFault(error)) throw error;
    // Of two who take the same name at once the second is told so by her second try.
    return save();
  }
}

function referred(error: unknown): string {
  const table = referringTable(error);
  const rows = table === null ? 'rows of another application' : `rows of ${table}`;
  return `The database refuses this change because of ${rows}. Nothing was saved.`;
}

/** A form that has been read, and who asks. */
export type Call = Wanted & { request: AdminRequest; values: Values; unseen: UnseenIds };

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
  const { id, form, request, values, unseen } = call;
  const { meta, options } = admin;
  const fields = editableFields(admin);
  const locked = await lock(tx, admin, id);
  const before = id === null ? null : await readSnapshot(tx, admin, id);
  if (id !== null && !before) return { kind: 'gone' };
  const errors = (await options.clean?.(tx, { request, before, values, locked })) ?? {};
  if (before) {
    const version = String(form.get('_version') ?? '');
    const conflict = await findConflict(tx, meta, { version, row: before, fields });
    if (conflict)
      return { kind: 'conflict', conflict, row: before, version: versionOf(before, fields) };
  }
  const unheld = before ? null : unheldField(admin, { request, before, values }, fields);
  if (unheld !== null) return { kind: 'refused', errors: { '': [unheld] } };
  const clashes = await findClashes(tx, admin, { before, values, unseen, fields });
  const whole = [...(errors[''] ?? []), ...(clashes[''] ?? [])];
  const wrong = { ...errors, ...clashes, ...(whole.length > 0 && { '': whole }) };
  if (Object.values(wrong).some((list) => list.length > 0))
    return { kind: 'refused', errors: wrong };
  const change = { request, before, values };
  if (!call.isFresh && options.isGrant?.(change)) return { kind: 'stale sign-in' };
  const changed = changedFields(fields, before, values);
  const written = await write(tx, admin, {
    before,
    values,
    changed,
    further: options.saveModel?.(change) ?? {},
  });
  const done = { ...change, id: written.id };
  const note = (await options.saved?.(tx, done)) ?? null;
  const repr = reprOf(admin, written);
  await logActions(tx, request.user, meta, [
    {
      flag: before ? ACTION_FLAGS.change : ACTION_FLAGS.addition,
      object: { id: written.id, repr },
      messages: before ? changeMessages(changed) : [{ added: {} }],
    },
  ]);
  call.written?.(done);
  return {
    kind: 'saved',
    id: written.id,
    str: visibleText(repr),
    ...(note !== null && { note }),
  };
}

// Whoever locks first reads what nobody changes any more. On SQLite a transaction holds the write lock
// from its start.
async function lock(tx: TransactionClient, admin: ModelAdmin, id: RowId | null): Promise<unknown> {
  if (admin.options.lock) return admin.options.lock(tx, id);
  if (id !== null && lockClause(tx, 'FOR UPDATE') !== '') await lockRows(tx, admin.meta, [id]);
}

function changeMessages(changed: readonly FieldMeta[]): ChangeMessage[] {
  const fields = changed.map(({ verboseName }) => capfirst(verboseName));
  return fields.length > 0 ? [{ changed: { fields } }] : [];
}

// Prisma tells a column without a value from one that holds the JSON null.
function written(field: FieldMeta, values: Values): unknown {
  const value = values[field.name];
  if (field.kind !== 'json' || value !== null) return value;
  return field.isRequired ? Prisma.JsonNull : Prisma.DbNull;
}

function isPadded(field: FieldMeta, old: string, value: unknown): boolean {
  return 'native' in field && field.native === 'char' && old.trimEnd() === value;
}

type Writing = { before: Row | null; values: Values; changed: FieldMeta[]; further: Values };

async function write(tx: TransactionClient, admin: ModelAdmin, writing: Writing): Promise<Row> {
  const { before, values, changed, further } = writing;
  const { prismaName } = admin.meta;
  const delegate = delegateOf(tx, prismaName);
  const data: Values = { ...further };
  for (const field of changed) {
    if (field.kind === 'manyToMany') continue;
    data[field.kind === 'foreignKey' ? field.scalar : field.name] = written(field, values);
  }
  const id = before?.id ?? (await delegate.create({ data, select: { id: true } })).id;
  if (before && Object.keys(data).length > 0) await delegate.updateMany({ where: { id }, data });
  for (const field of changed) {
    if (field.kind === 'manyToMany') await writeKeys(tx, field, { id, before, values });
  }
  return isPlain(before, changed) ? { ...before, ...data, id } : rowOf(tx, admin, id);
}

// What a row with other foreign keys is called, or a new one, is known when it is read with them.
function isPlain(before: Row | null, changed: readonly FieldMeta[]): before is Row {
  return before !== null && changed.every(({ kind }) => kind !== 'foreignKey');
}

async function rowOf(tx: TransactionClient, { meta }: ModelAdmin, id: RowId): Promise<Row> {
  const [row] = await findRows(tx, meta, [id]);
  if (!row) throw new Error(`${meta.key} ${id} is gone in its own transaction.`);
  return row;
}

async function writeKeys(
  tx: TransactionClient,
  { name, through }: FieldMeta & { kind: 'manyToMany' },
  { id, before, values }: { id: RowId; before: Row | null; values: Values },
): Promise<void> {
  const { from, to } = through;
  const delegate = tieDelegate(tx, through);
  const [held, wanted] = [rowIdsIn(before?.[name]), rowIdsIn(values[name])];
  const lost = held.filter((each) => !wanted.includes(each));
  const gained = wanted.filter((each) => !held.includes(each));
  await delegate.deleteMany({ where: { [from.scalar]: id, [to.scalar]: { in: lost } } });
  await delegate.createMany({
    data: gained.map((each) => ({ [from.scalar]: id, [to.scalar]: each })),
  });
}

type Checked = {
  before: Row | null;
  values: Values;
  unseen: UnseenIds;
  fields: readonly FieldMeta[];
};

// What only the database can say: rows that are named and do not exist, values that are taken.
async function findClashes(
  tx: TransactionClient,
  admin: ModelAdmin,
  { before, values, unseen, fields }: Checked,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  for (const field of fields) {
    if (!differs(field, before, values)) continue;
    const missing =
      field.kind === 'foreignKey' || field.kind === 'manyToMany'
        ? await missingTarget(tx, field, { before, values, unseen })
        : null;
    const error =
      missing ?? (await takenValue(tx, admin, { field, id: before?.id ?? null, values }));
    if (error !== null) errors[field.formName] = [error];
  }
  const isChanged = (name: string) =>
    fields.some((field) => field.name === name && differs(field, before, values));
  const together = await uniqueTogetherErrors(tx, admin.meta, { before, values, isChanged });
  return together.length === 0 ? errors : { ...errors, '': together };
}

async function missingTarget(
  tx: TransactionClient,
  field: FieldMeta & { kind: 'foreignKey' | 'manyToMany' },
  { before, values, unseen }: Omit<Checked, 'fields'>,
): Promise<string | null> {
  const ids = rowIdsIn(values[field.name]);
  if (ids.length === 0 || !field.to.key) return null;
  const held = rowIdsIn(before?.[field.kind === 'foreignKey' ? field.scalar : field.name]);
  const found = new Set(await lockRows(tx, modelMeta(field.to.key), [...ids]));
  const isUnseen = (id: RowId) => unseen.get(field.name)?.has(id) && !held.includes(id);
  const missing = ids.find((id) => !found.has(id) || isUnseen(id));
  if (missing === undefined) return null;
  return `Select a valid choice. ${missing} is not one of the available choices.`;
}

async function takenValue(
  tx: TransactionClient,
  { meta }: ModelAdmin,
  { field, id, values }: { field: FieldMeta; id: RowId | null; values: Values },
): Promise<string | null> {
  const value = values[field.name];
  if (!('isUnique' in field) || !field.isUnique || value === null || value === undefined)
    return null;
  const name = field.kind === 'foreignKey' ? field.scalar : field.name;
  const where = { [name]: value, ...(id !== null && { id: { not: id } }) };
  const [other] = await delegateOf(tx, meta.prismaName).findMany({ where, take: 1 });
  if (!other) return null;
  return `${capfirst(meta.verboseName)} with this ${capfirst(field.verboseName)} already exists.`;
}

/** The fields whose values a change would write. */
export function changedFields(
  fields: readonly FieldMeta[],
  before: Row | null,
  values: Values,
): FieldMeta[] {
  return fields.filter((field) => differs(field, before, values));
}

function differs(field: FieldMeta, before: Row | null, values: Values): boolean {
  const value = values[field.name];
  if (value === undefined) return false;
  if (!before) return !(field.kind === 'manyToMany' && rowIdsIn(value).length === 0);
  const old = field.kind === 'foreignKey' ? before[field.scalar] : before[field.name];
  // An empty text that is there already is not made a missing one, nor blanks that pad it another.
  if (typeof old === 'string' && (value === null ? old === '' : isPadded(field, old, value)))
    return false;
  return textOfValue(old) !== textOfValue(value);
}
