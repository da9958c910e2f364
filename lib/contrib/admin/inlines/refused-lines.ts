import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { blankValues } from './blank-line';
import type { LineConflict } from './judge-lines';
import { linesOf, withPrefix } from './lines';
import { readManagement } from './management-form';

/** The values of a form, by name, as it is shown again. */
type FormValues = Record<string, string>;

// The button that asks for one more line has this before the prefix of the lines.
const ADD_LINE = '_addrow-';

/**
 * What a form has to be shown again with once somebody without scripts has asked for one more line: how
 * many there are, and what the new one is filled with. Null where nobody asked.
 * Django: static/admin/js/inlines.js, which needs scripts
 */
export async function withOneMore(
  parent: ModelAdmin,
  user: AdminUser,
  { form, id }: { form: FormData; id: RowId | null },
): Promise<FormValues | null> {
  const asked = [...form.keys()].find((name) => name.startsWith(ADD_LINE));
  if (asked === undefined) return null;
  const row = id === null ? null : await readSnapshot(db, parent, id);
  const all = await linesOf(parent, user, { row, canEdit: true });
  const lines = all.find(({ prefix }) => `${ADD_LINE}${prefix}` === asked);
  if (!lines?.may.add) return {};
  const { total, errors } = readManagement(form, lines.prefix, lines.maxNum);
  if (Object.keys(errors).length > 0 || total >= lines.maxNum) return {};
  const prefix = `${lines.prefix}-${total}`;
  return {
    ...blankValues(withPrefix(lines.admin, prefix)),
    [`${prefix}-${lines.key.formName}`]: id === null ? '' : String(id),
    [`${lines.prefix}-TOTAL_FORMS`]: String(total + 1),
  };
}

/**
 * What a form has to be shown again with after others have changed lines: the version of each as it is
 * now, and no id for those that are gone, which would be new ones.
 */
export function afterConflicts(conflicts: readonly LineConflict[]): FormValues {
  const values: FormValues = {};
  for (const { prefix, row, version } of conflicts) {
    if (row) {
      values[`${prefix}-_version`] = version;
      continue;
    }
    const [name = '', number = '0'] = prefix.split(/-(?=\d+$)/);
    const initial = values[`${name}-INITIAL_FORMS`];
    const fewer = Math.min(Number(initial ?? number), Number(number));
    values[`${name}-INITIAL_FORMS`] = String(fewer);
    values[`${prefix}-id`] = '';
    values[`${prefix}-_version`] = '';
  }
  return values;
}

/**
 * The fields of a form's lines that have several values, with all of them in one text, as they are
 * shown again.
 */
export async function severalOfLines(
  parent: ModelAdmin,
  user: AdminUser,
  form: FormData,
): Promise<FormValues> {
  const values: FormValues = {};
  if ((parent.options.inlines ?? []).length === 0) return values;
  const all = await linesOf(parent, user, { row: null, canEdit: true });
  for (const { admin, prefix, maxNum } of all) {
    const fields = editableFields(admin).filter(({ kind }) => kind === 'manyToMany');
    if (fields.length === 0) continue;
    const { total } = readManagement(form, prefix, maxNum);
    for (let index = 0; index < total; index += 1) {
      for (const { formName } of fields) {
        const name = `${prefix}-${index}-${formName}`;
        values[name] = form.getAll(name).join(',');
      }
    }
  }
  return values;
}
