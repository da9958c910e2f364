import { type FieldMeta, getField, type ModelMeta } from '@/lib/contrib/admin/meta';
import type { Change, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { delegateOf } from '@/lib/contrib/admin/rows';
import { capfirst, getTextList } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { isEditable } from './values';

type Asked = {
  before: Row | null;
  values: Values;
  isChanged(name: string): boolean;
  doomed: readonly RowId[];
};

/**
 * What is said of values that another row has all together: a sentence for each set of fields that is
 * unique and of which one is changed. What is missing is like nothing.
 * Django: Model._perform_unique_checks, unique_error_message
 */
export async function uniqueTogetherErrors(
  tx: TransactionClient,
  meta: ModelMeta,
  { before, values, isChanged, doomed }: Asked,
): Promise<string[]> {
  const errors: string[] = [];
  for (const names of meta.uniqueTogether) {
    const fields = names.map((name) => getField(meta, name));
    if (!names.some(isChanged)) continue;
    const pairs = fields.map((field) => pairOf(field, before, values));
    if (pairs.some(([, value]) => value === null || value === undefined)) continue;
    const other = before ? { id: { not: before.id } } : {};
    const where = { ...Object.fromEntries(pairs), ...other };
    const delegate = delegateOf(tx, meta.prismaName);
    const found = await delegate.findMany({ where, take: doomed.length + 1 });
    if (found.every((row) => doomed.includes(row.id))) continue;
    errors.push(alreadyExists(meta, names));
  }
  return errors;
}

/**
 * That another row has what no two rows may have alike in these fields.
 * Django: Model.unique_error_message
 */
export function alreadyExists(meta: ModelMeta, names: readonly string[]): string {
  const labels = names.map((name) => capfirst(getField(meta, name).verboseName));
  return `${capfirst(meta.verboseName)} with this ${getTextList(labels, 'and')} already exists.`;
}

/**
 * Why a new row cannot be added: a column that needs a value, and that no form can hold. It names model
 * and field; null where there is none.
 */
export function unheldField(
  { meta, options }: ModelAdmin,
  change: Change,
  shown: readonly FieldMeta[],
): string | null {
  const unheld = [...meta.fields.values()].find(
    (field) =>
      (field.kind === 'bytes' || field.kind === 'unsupported') &&
      field.isRequired &&
      !isEditable(field) &&
      !shown.includes(field) &&
      !('default' in field || 'defaultMaker' in field),
  );
  if (!unheld || unheld.name in (options.saveModel?.(change) ?? {})) return null;
  return `${meta.prismaName}.${unheld.name} needs a value, and no form can hold one of its type: saveModel has to give it.`;
}

function pairOf(field: FieldMeta, before: Row | null, values: Values): [string, unknown] {
  const name = field.kind === 'foreignKey' ? field.scalar : field.name;
  return [name, field.name in values ? values[field.name] : before?.[name]];
}
