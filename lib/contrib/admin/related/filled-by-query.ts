import type { FormField, FormView } from '@/lib/contrib/admin/form/change-form';
import { namedRows } from '@/lib/contrib/admin/form/choices';
import { fieldByFormName } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { unseenIds } from '@/lib/contrib/admin/private-names';
import { db } from '@/lib/db/client';
import { parseRowId } from '@/lib/forms/row-id';

/**
 * The form filled with a row that was added beside one of its fields, which the address names:
 * `category=5`. What is no row that the user may choose changes nothing.
 * Django: ModelAdmin.get_changeform_initial_data
 */
export async function filledByQuery(
  admin: ModelAdmin,
  view: FormView,
  { user, query }: { user: AdminUser; query: Readonly<Record<string, unknown>> },
): Promise<FormView> {
  const isAsked = ({ name, related }: FormField) => related !== undefined && name in query;
  if (!view.sections.some(({ fields }) => fields.some(isAsked))) return view;
  const values = { ...view.values };
  const sections = structuredClone(view.sections);
  for (const shown of sections.flatMap(({ fields }) => fields)) {
    const sent = query[shown.name];
    const field = fieldByFormName(admin.meta, shown.name);
    if (typeof sent !== 'string' || !isAsked(shown) || !shown.widget || !field) continue;
    if (field.kind !== 'foreignKey' && field.kind !== 'manyToMany') continue;
    const id = parseRowId(sent, field.to);
    if (id === null || (await unseenIds(admin, field, { user, ids: [id] })).size > 0) continue;
    const [named] = await namedRows(db, admin, { to: field.to, ids: [id] });
    if (!named) continue;
    const held = (values[shown.name] ?? '').split(',').filter((each) => each !== '');
    values[shown.name] = field.kind === 'manyToMany' ? [...new Set([...held, sent])].join() : sent;
    if ('text' in shown.widget) shown.widget.text = named[1];
  }
  return { ...view, sections, values };
}
