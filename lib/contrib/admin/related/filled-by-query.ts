import type { FormField, FormView } from '@/lib/contrib/admin/form/change-form';
import { namedRows } from '@/lib/contrib/admin/form/choices';
import type { InlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import { fieldByFormName } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { unseenIds } from '@/lib/contrib/admin/private-names';
import { db } from '@/lib/db/client';
import { emptyFormState, type FormState } from '@/lib/forms/forms';
import { parseRowId } from '@/lib/forms/row-id';
import { type RelatedPlace, relatedPlace } from './related-place';

type Query = Readonly<Record<string, unknown>>;

type Asked = {
  user: AdminUser;
  query: Query;
  /** That of the form; null for a new one. */
  row: Row | null;
  /** What had been typed into the form when it was left for a page beside one of its fields. */
  kept: Record<string, string> | null;
};

type Drawn = { view: FormView; inlines: InlineForms };

/**
 * A form and its lines filled with a row that was added beside one of its fields, and `sent`, the form as it
 * was left for that, if it was kept.
 * Django: ModelAdmin.get_changeform_initial_data
 */
export async function filledForm(
  admin: ModelAdmin,
  { view, inlines }: Drawn,
  { user, query, row, kept }: Asked,
): Promise<Drawn & { sent?: FormState }> {
  const typed = kept ?? { ...view.values, ...inlines.values };
  const filled = await filledByQuery(admin, { ...view, values: typed }, { user, query });
  const values = { ...filled.values, ...(await linesByQuery(admin, typed, { user, query, row })) };
  if (kept) {
    const { sections } = filled;
    return { view: { ...view, sections }, inlines, sent: { ...emptyFormState, values } };
  }
  return { view: { ...filled, values }, inlines: { ...inlines, values } };
}

/**
 * The form filled with a row that was added beside one of its fields, which the address names:
 * `category=5`. What is no row that the user may choose changes nothing.
 * Django: ModelAdmin.get_changeform_initial_data
 */
export async function filledByQuery(
  admin: ModelAdmin,
  view: FormView,
  { user, query }: Pick<Asked, 'user' | 'query'>,
): Promise<FormView> {
  const isAsked = ({ name, related }: FormField) => related !== undefined && name in query;
  if (!view.sections.some(({ fields }) => fields.some(isAsked))) return view;
  const values = { ...view.values };
  const sections = structuredClone(view.sections);
  for (const shown of sections.flatMap(({ fields }) => fields)) {
    const field = fieldByFormName(admin.meta, shown.name);
    if (!isAsked(shown) || !shown.widget || !field) continue;
    if (field.kind !== 'foreignKey' && field.kind !== 'manyToMany') continue;
    const picked = await pickedRow({ admin, field }, query[shown.name], user);
    if (!picked) continue;
    values[shown.name] = withPicked(field, values[shown.name], picked.id);
    if ('text' in shown.widget) shown.widget.text = picked.text;
  }
  return { ...view, sections, values };
}

async function linesByQuery(
  admin: ModelAdmin,
  typed: Readonly<Record<string, string>>,
  { user, query, row }: Omit<Asked, 'kept'>,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const names = Object.keys(query).filter((name) => name.includes('-') && name in typed);
  for (const name of names) {
    const place = await relatedPlace(admin, user, { name, row });
    const picked = place && (await pickedRow(place, query[name], user));
    if (picked) values[name] = withPicked(place.field, typed[name], picked.id);
  }
  return values;
}

function withPicked({ kind }: RelatedPlace['field'], held = '', id: string): string {
  if (kind !== 'manyToMany') return id;
  return [...new Set([...held.split(',').filter((each) => each !== ''), id])].join();
}

async function pickedRow(
  { admin, field }: Pick<RelatedPlace, 'admin' | 'field'>,
  sent: unknown,
  user: AdminUser,
): Promise<{ id: string; text: string } | null> {
  const id = typeof sent === 'string' ? parseRowId(sent, field.to) : null;
  if (id === null || (await unseenIds(admin, field, { user, ids: [id] })).size > 0) return null;
  const [named] = await namedRows(db, admin, { to: field.to, ids: [id] });
  return named ? { id: String(id), text: named[1] } : null;
}
