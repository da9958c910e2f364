import { declaredModels } from '@/lib/apps/define-app';
import { installedApps } from '@/lib/apps/installed';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import type { FieldMeta } from './meta';
import { hasViewPermission } from './model-permissions';
import type { AdminUser, ModelAdmin, Row } from './options';
import { visibleIds } from './rows';

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

/**
 * The screens of a model as somebody may read them: rows of another model whose names are private
 * (`hasPrivateNames`) are a kind and a number, "user 12", to who may not view that model. One's own
 * row keeps its name. Everything that names such rows asks `admin.site` for them, so this is said
 * once for lists, filters, forms, exports, conflicts and what a deletion takes along. Fields offer no rows that
 * `getQueryset` hides from them.
 * Django: no counterpart; there every screen names everybody
 */
export async function adminSeenBy(admin: ModelAdmin, user: AdminUser): Promise<ModelAdmin> {
  const masked = new Map<string, ModelAdmin>();
  for (const { appLabel, model } of declaredModels(installedApps())) {
    const key = `${appLabel}.${model}`;
    const screens = admin.site.find(key);
    if (!screens?.options.hasPrivateNames || (await hasViewPermission(user, screens))) continue;
    masked.set(key, withoutNames(screens, user));
  }
  if (masked.size === 0) return { ...admin, reader: user };
  const site = { find: (key: string) => masked.get(key) ?? admin.site.find(key) };
  return { ...admin, reader: user, site };
}

/**
 * Those of these ids that the user may not name in a field, whether there are such rows or not. A
 * field that is searched while typing, or whose ids are typed, names what a list would show them; of private names every field
 * names only what the user may view; and what `getQueryset` hides no field names.
 * Django: no counterpart; ModelChoiceField takes every row of its queryset
 */
export async function unseenIds(
  admin: ModelAdmin,
  field: KeyMeta,
  { user, ids }: { user: AdminUser; ids: readonly RowId[] },
): Promise<Set<RowId>> {
  const target = field.to.key ? admin.site.find(field.to.key) : null;
  const { autocompleteFields = [], rawIdFields = [] } = admin.options;
  const isFound = [...autocompleteFields, ...rawIdFields].includes(field.name);
  const isViewed = isFound || target?.options.hasPrivateNames === true;
  if (!target || !(isViewed || target.options.getQueryset)) return new Set();
  if (isViewed && !(await hasViewPermission(user, target))) return new Set(ids);
  const visible = new Set(await visibleIds(db, target, ids, user));
  return new Set(ids.filter((id) => !visible.has(id)));
}

function withoutNames(admin: ModelAdmin, user: AdminUser): ModelAdmin {
  const { meta, options } = admin;
  const str = (row: Row) =>
    row.id === user.id ? user.getUsername() : `${meta.verboseName} ${row.id}`;
  return { ...admin, options: { ...options, str }, areNamesHidden: true };
}
