import { textOfValue } from '@/lib/contrib/admin/form/values';
import { type FieldMeta, getField, type ModelMeta } from '@/lib/contrib/admin/meta';
import type { Row, Values } from '@/lib/contrib/admin/options';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { getTextList } from '@/lib/core/text';

/** Rows of one model in one form, and the field that all of them have alike. */
type Rows = { meta: ModelMeta; prefix: string; shared?: string };

/** A line that will be there: its number in the form, what it was, and what the form says. */
export type Kept = { prefix: string; before: Row | null; values: Values };

/**
 * What is wrong with lines of one form that have alike what no two rows may have: told of the lines as a
 * whole, and of each after the first.
 * Django: BaseModelFormSet.validate_unique
 */
export function duplicateErrors(
  { meta, prefix, shared }: Rows,
  kept: readonly Kept[],
): FieldErrors {
  const unique = [...meta.fields.values()]
    .filter((field) => 'isUnique' in field && field.isUnique && field.kind !== 'id')
    .map(({ name }) => [name]);
  const errors: FieldErrors = {};
  for (const names of [...unique, ...meta.uniqueTogether]) {
    // What all lines have alike is the row that they belong to.
    const fields = names.filter((name) => name !== shared).map((name) => getField(meta, name));
    const seen = new Set<string>();
    for (const line of kept) {
      const values = fields.map((field) => valueIn(field, line));
      if (values.length === 0 || values.some((value) => value === null || value === undefined))
        continue;
      const text = textOfValue(values);
      if (seen.has(text)) {
        errors[prefix] = [wordsOf(fields)];
        errors[line.prefix] = ['Please correct the duplicate values below.'];
      }
      seen.add(text);
    }
  }
  return errors;
}

function valueIn(field: FieldMeta, { before, values }: Kept): unknown {
  if (field.name in values) return values[field.name];
  return field.kind === 'foreignKey' ? before?.[field.scalar] : before?.[field.name];
}

function wordsOf(fields: readonly FieldMeta[]): string {
  const names = getTextList(
    fields.map(({ formName }) => formName),
    'and',
  );
  return fields.length === 1
    ? `Please correct the duplicate data for ${names}.`
    : `Please correct the duplicate data for ${names}, which must be unique.`;
}
