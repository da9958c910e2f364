import { isFile } from '@/lib/contrib/admin/files/file-fields';
import { sentFile } from '@/lib/contrib/admin/files/uploads';
import { valuesOf } from '@/lib/contrib/admin/form/change-form';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { initialValues } from '@/lib/contrib/admin/form/initial-values';
import { asSent } from '@/lib/contrib/admin/form/values';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { sentText } from './management-form';

/**
 * What a line for a new row is filled with, by names in the form: defaults, and of those that are others
 * each time, such as the time, the same again under `initial-…`, so that an untouched line is known.
 * Django: BoundField.as_hidden(only_initial), Field.show_hidden_initial
 */
export function blankValues(admin: ModelAdmin): Record<string, string> {
  const fields = editableFields(admin);
  const initial = initialValues(fields);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const values = valuesOf(field, initial);
      if (!isMade(field)) return values;
      return [...values, ...values.map(([name, value]) => [`initial-${name}`, value])];
    }),
  );
}

/**
 * Whether somebody has put something into the line of a form that is for a new row.
 * Django: Form.has_changed, empty_permitted
 */
export function isFilled(admin: ModelAdmin, form: FormData): boolean {
  const fields = editableFields(admin);
  const initial = initialValues(fields);
  const isSent = (field: FieldMeta) =>
    isFile(field) && Object.keys(sentFile(field, form)).length > 0;
  if (fields.some(isSent)) return true;
  return fields.some((field) =>
    valuesOf(field, initial).some(([name, value]) => {
      const sent = field.kind === 'manyToMany' ? form.getAll(name).join(',') : sentText(form, name);
      const drawn = isMade(field) ? sentText(form, `initial-${name}`) : value.trim();
      return asSent(sent) !== asSent(drawn);
    }),
  );
}

function isMade(field: FieldMeta): boolean {
  return 'defaultMaker' in field && field.defaultMaker !== undefined;
}
