import { isFile } from '@/lib/contrib/admin/files/file-fields';
import { type FormField, headOf } from '@/lib/contrib/admin/form/change-form';
import { computedText } from '@/lib/contrib/admin/form/display';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { fileWidget, textsOf, type Widget, widgetOf } from '@/lib/contrib/admin/form/widgets';
import { fieldCell } from '@/lib/contrib/admin/list/columns';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { Column, ModelAdmin, Row } from '@/lib/contrib/admin/options';

/** What stands for the number of a row in the names of its fields. Django: BaseFormSet.empty_form */
export const PREFIX = '__prefix__';

/** The controls of the fields that a form of several rows writes, by the fields' names. */
export type RowControls = ReadonlyMap<string, Widget>;

/**
 * The controls of a row in a form of several: their choices are the same in every row, and asked once.
 * Django: ModelAdmin.formfield_for_dbfield
 */
export async function rowControls(admin: ModelAdmin): Promise<RowControls> {
  const controls = new Map<string, Widget>();
  for (const field of editableFields(admin)) {
    controls.set(field.name, await widgetOf(admin, field, null));
  }
  return controls;
}

/**
 * A field of a row that is there: with its control, or only read without one. `named` is the same field by
 * its name in the form.
 * Django: helpers.AdminField, AdminReadonlyField
 */
export async function rowField(
  admin: ModelAdmin,
  { row, control, named }: { row: Row; control: Widget | undefined; named: FieldMeta },
): Promise<FormField> {
  const field = getField(admin.meta, named.name);
  const texts =
    field.kind === 'manyToMany' ? await textsOf(admin, field, row) : cellTexts(admin, field, row);
  if (!control) return { ...headOf(named), widget: null, texts };
  if (control.kind === 'autocomplete' || control.kind === 'rawId') {
    return { ...headOf(named), widget: { ...control, text: texts.join(', ') } };
  }
  if (isFile(field)) return { ...headOf(named), widget: fileWidget(field, row) };
  const isKey = field.kind === 'foreignKey' || field.kind === 'manyToMany';
  const isHidden = isKey && field.to.key && admin.site.find(field.to.key)?.areNamesHidden;
  return { ...headOf(named), widget: isHidden ? await widgetOf(admin, field, row) : control };
}

/** A field of a row that is not there yet. */
export function blankField(named: FieldMeta, control: Widget | undefined): FormField {
  return control
    ? { ...headOf(named), widget: control }
    : { ...headOf(named), widget: null, texts: [] };
}

/** A line that is computed from the row, empty for a new one. */
export function computedField({ name, label, value }: Column<Row>, row: Row | null): FormField {
  const found = row ? value(row) : null;
  const texts = found === null || found === undefined || found === '' ? [] : [computedText(found)];
  return { name, label, help: '', isRequired: false, widget: null, texts };
}

// The rows that keys name were read with the row.
function cellTexts(admin: ModelAdmin, field: FieldMeta, row: Row): string[] {
  const cell = fieldCell(admin, field, row);
  if (cell.kind === 'empty') return [];
  return [cell.kind === 'text' ? cell.value : computedText(cell.value)];
}
