import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { hasAddPermission, hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';

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
