import { isFile } from '@/lib/contrib/admin/files/file-fields';
import { getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';

/** What the names of the fields begin with in a list that is changed itself. Django: BaseModelFormSet */
export const LIST_PREFIX = 'form';

/**
 * The screens of a row in a list that is changed itself: a form of the fields of `listEditable`, with all
 * rules of the model's own.
 * Django: ModelAdmin.get_changelist_form
 */
export function editScreens({ meta, options, site }: ModelAdmin): ModelAdmin {
  const fields = (options.listEditable ?? []).filter((name) => !isFile(getField(meta, name)));
  return {
    meta,
    options: { ...options, fieldsets: [{ title: null, fields }], inlines: [] },
    site,
  };
}

/** Whether a list of the model is changed itself, by whoever may. */
export function isListEditable({ options }: ModelAdmin): boolean {
  return (options.listEditable ?? []).length > 0;
}
