import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { RowId } from '@/lib/forms/row-id';

/** The path of the form of a row, or of a new one. */
export function formPath({ meta }: ModelAdmin, id: RowId | null): string {
  const list = `/admin/${meta.appLabel}/${meta.modelName}/`;
  return id === null ? `${list}add/` : `${list}${encodeURIComponent(String(id))}/change/`;
}
