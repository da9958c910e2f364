import { type FormField, valuesOf } from '@/lib/contrib/admin/form/change-form';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import { withPrefix } from '@/lib/contrib/admin/inlines/lines';
import { PREFIX, rowControls, rowField } from '@/lib/contrib/admin/inlines/row-fields';
import { getField } from '@/lib/contrib/admin/meta';
import { hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import type { RowId } from '@/lib/forms/row-id';
import { editScreens, isListEditable, LIST_PREFIX } from './edit-screens';

/** The rows of a page that its reader may change there. */
export type ListEdits = {
  /** By row, the fields by the names of their columns; a number stands in their names for `PREFIX`. */
  fields: ReadonlyMap<RowId, ReadonlyMap<string, FormField>>;
  /** What the form is filled with. */
  values: Record<string, string>;
};

/**
 * What is changed in the rows of a list itself; null where nothing is. `admin` as `adminSeenBy` gives it.
 * Django: ModelAdmin.changelist_view, get_changelist_formset
 */
export async function listEdits(
  admin: ModelAdmin,
  user: AdminUser,
  rows: readonly Row[],
): Promise<ListEdits | null> {
  if (!isListEditable(admin)) return null;
  const screens = editScreens(admin);
  const shown: Row[] = [];
  for (const row of rows) if (await hasChangePermission(user, screens, row)) shown.push(row);
  if (shown.length === 0) return null;
  const controls = await rowControls(screens);
  const { meta } = withPrefix(screens, `${LIST_PREFIX}-${PREFIX}`);
  const fields = new Map<RowId, Map<string, FormField>>();
  const values: Record<string, string> = {
    [`${LIST_PREFIX}-TOTAL_FORMS`]: String(shown.length),
    [`${LIST_PREFIX}-INITIAL_FORMS`]: String(shown.length),
  };
  for (const [index, row] of shown.entries()) {
    const own = new Map<string, FormField>();
    for (const [name, control] of controls) {
      const field = await rowField(screens, { row, control, named: getField(meta, name) });
      own.set(name, { ...field, label: `${field.label}, ${strOf(admin, row)}` });
    }
    fields.set(row.id, own);
    Object.assign(values, rowValues(screens, row, index));
  }
  return { fields, values };
}

function rowValues(screens: ModelAdmin, row: Row, index: number): Record<string, string> {
  const prefix = `${LIST_PREFIX}-${index}`;
  const fields = editableFields(withPrefix(screens, prefix));
  return {
    [`${prefix}-id`]: String(row.id),
    [`${prefix}-_version`]: versionOf(row, fields),
    ...Object.fromEntries(fields.flatMap((field) => valuesOf(field, row))),
  };
}
