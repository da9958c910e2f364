import { type FieldMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { delegateOf, lockRows } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import type { TransactionClient } from '@/lib/db/client';
import { type RowId, rowIdsIn } from '@/lib/forms/row-id';
import type { UnseenIds } from './form-fields';
import { invalidChoice } from './read-column';
import { alreadyExists, uniqueTogetherErrors } from './uniqueness';
import { asSent, textOfValue } from './values';

/** New values of a row, and what stands in their way if it is there. */
export type Checked = {
  before: Row | null;
  values: Values;
  unseen: UnseenIds;
  fields: readonly FieldMeta[];
  /** Rows that are about to go, whose values are free. */
  doomed?: readonly RowId[];
};

/**
 * What only the database can say is wrong with a row's new values: rows that are named and do not
 * exist, values that are taken. Errors by name in the form.
 * Django: Model.validate_unique; ForeignKey.validate, ModelChoiceField.to_python
 */
export async function findClashes(
  tx: TransactionClient,
  admin: ModelAdmin,
  checked: Checked,
): Promise<FieldErrors> {
  const { before, values, unseen, fields, doomed = [] } = checked;
  const errors: FieldErrors = {};
  for (const field of fields) {
    if (!differs(field, before, values)) continue;
    const missing =
      field.kind === 'foreignKey' || field.kind === 'manyToMany'
        ? await missingTarget(tx, field, { before, values, unseen })
        : null;
    const taken = { field, id: before?.id ?? null, values, doomed };
    const error = missing ?? (await takenValue(tx, admin, taken));
    if (error !== null) errors[field.formName] = [error];
  }
  const isChanged = (name: string) =>
    fields.some((field) => field.name === name && differs(field, before, values));
  const asked = { before, values, isChanged, doomed };
  const together = await uniqueTogetherErrors(tx, admin.meta, asked);
  return together.length === 0 ? errors : { ...errors, '': together };
}

async function missingTarget(
  tx: TransactionClient,
  field: FieldMeta & { kind: 'foreignKey' | 'manyToMany' },
  { before, values, unseen }: Pick<Checked, 'before' | 'values' | 'unseen'>,
): Promise<string | null> {
  const ids = rowIdsIn(values[field.name]);
  if (ids.length === 0 || !field.to.key) return null;
  const held = rowIdsIn(before?.[field.kind === 'foreignKey' ? field.scalar : field.name]);
  const found = new Set(await lockRows(tx, modelMeta(field.to.key), [...ids]));
  const isUnseen = (id: RowId) => unseen.get(field.name)?.has(id) && !held.includes(id);
  const missing = ids.find((id) => !found.has(id) || isUnseen(id));
  if (missing === undefined) return null;
  return invalidChoice(missing);
}

type Taken = { field: FieldMeta; id: RowId | null; values: Values; doomed: readonly RowId[] };

async function takenValue(
  tx: TransactionClient,
  { meta }: ModelAdmin,
  { field, id, values, doomed }: Taken,
): Promise<string | null> {
  const value = values[field.name];
  if (!('isUnique' in field) || !field.isUnique || value === null || value === undefined)
    return null;
  const name = field.kind === 'foreignKey' ? field.scalar : field.name;
  const where = { [name]: value, ...(id !== null && { id: { not: id } }) };
  const found = await delegateOf(tx, meta.prismaName).findMany({ where, take: doomed.length + 1 });
  if (found.every((row) => doomed.includes(row.id))) return null;
  return alreadyExists(meta, [field.name]);
}

/** The fields whose values a change would write. */
export function changedFields(
  fields: readonly FieldMeta[],
  before: Row | null,
  values: Values,
): FieldMeta[] {
  return fields.filter((field) => differs(field, before, values));
}

/**
 * Whether a row's new value of a field is another than it has; of a new row whether there is one.
 * Django: Form.changed_data
 */
export function differs(field: FieldMeta, before: Row | null, values: Values): boolean {
  const value = values[field.name];
  if (value === undefined) return false;
  if (!before) return !(field.kind === 'manyToMany' && rowIdsIn(value).length === 0);
  const old = field.kind === 'foreignKey' ? before[field.scalar] : before[field.name];
  // An empty text that is there already is not made a missing one, nor its line ends or the blanks that
  // pad it others.
  if (typeof old === 'string') {
    if (value === null ? old === '' : isPadded(field, old, value) || asSent(old) === value)
      return false;
  }
  return textOfValue(old) !== textOfValue(value);
}

function isPadded(field: FieldMeta, old: string, value: unknown): boolean {
  return 'native' in field && field.native === 'char' && old.trimEnd() === value;
}
