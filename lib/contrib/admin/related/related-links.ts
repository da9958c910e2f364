import type { FormField, FormView } from '@/lib/contrib/admin/form/change-form';
import { namedRows } from '@/lib/contrib/admin/form/choices';
import { type FieldMeta, fieldByFormName } from '@/lib/contrib/admin/meta';
import { hasAddPermission, hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { unseenIds } from '@/lib/contrib/admin/private-names';
import { db } from '@/lib/db/client';
import { parseRowId } from '@/lib/forms/row-id';

/** What may be done, beside a field, with the rows that it names. */
export type RelatedLinks = {
  /** `app_label.model`. */
  model: string;
  /** What one of them is called. */
  noun: string;
  /** The address of their list. */
  path: string;
  canAdd: boolean;
  canChange: boolean;
  /** Whether its form is one that a dialog can hold: without lines. */
  isPlain: boolean;
};

/** What the names of the fields begin with in a dialog, so that they are told from those around it. */
export const RELATED_PREFIX = 'related';

/**
 * What somebody may do beside a field with the rows that it names: add one, and of a key change the one
 * that is chosen; null for nothing.
 * Django: contrib/admin/widgets.py RelatedFieldWidgetWrapper
 */
export async function relatedLinks(
  admin: ModelAdmin,
  field: FieldMeta,
  user: AdminUser,
): Promise<RelatedLinks | null> {
  const isKey = field.kind === 'foreignKey' || field.kind === 'manyToMany';
  const target = isKey && field.to.key !== null ? admin.site.find(field.to.key) : null;
  if (!target) return null;
  const { meta, options } = target;
  const canAdd = !options.hasOwnAddPage && (await hasAddPermission(user, target));
  const canChange = field.kind === 'foreignKey' && (await hasChangePermission(user, target));
  if (!(canAdd || canChange)) return null;
  return {
    ...{ model: meta.key, noun: meta.verboseName, canAdd, canChange },
    path: `/admin/${meta.appLabel}/${meta.modelName}/`,
    isPlain: isPlainForm(target),
  };
}

/** Whether a dialog can hold the form of a model's rows. */
export function isPlainForm({ options }: ModelAdmin): boolean {
  const { inlines = [], prepopulatedFields, hasOwnAddPage } = options;
  return inlines.length === 0 && !prepopulatedFields && !hasOwnAddPage;
}

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
    const id = parseRowId(sent, field.to.idType, field.to.idNative);
    if (id === null || (await unseenIds(admin, field, { user, ids: [id] })).size > 0) continue;
    const [named] = await namedRows(db, admin, { to: field.to, ids: [id] });
    if (!named) continue;
    const held = (values[shown.name] ?? '').split(',').filter((each) => each !== '');
    values[shown.name] = field.kind === 'manyToMany' ? [...new Set([...held, sent])].join() : sent;
    if ('text' in shown.widget) shown.widget.text = named[1];
  }
  return { ...view, sections, values };
}
