import type { ModelKey } from '@/lib/apps/installed';
import { modelMeta } from '@/lib/contrib/admin/meta';
import type { Inline, InlineOptions, Row } from '@/lib/contrib/admin/options';
import type { FieldName, RowOf } from '@/lib/contrib/admin/row-types';

/**
 * Declare that rows of a model are edited in the form of the row they belong to, one to a row of a
 * table. Throws TypeError for a model that no app declares.
 * Django: contrib/admin/options.py TabularInline
 * @example
 * export const contentTypeAdmin = defineAdmin('contenttypes.contenttype', {
 *   inlines: [tabularInline('auth.permission', { fields: ['name', 'codename'], extra: 1 })],
 * });
 */
export function tabularInline<K extends ModelKey>(
  key: K,
  options?: InlineOptions<RowOf<K>, FieldName<K>>,
): Inline;
export function tabularInline(key: ModelKey, options: InlineOptions<Row, string> = {}): Inline {
  modelMeta(key);
  return { kind: 'tabular', model: key, options };
}

/**
 * The same, each line as a form of its own, one below the other.
 * Django: contrib/admin/options.py StackedInline
 */
export function stackedInline<K extends ModelKey>(
  key: K,
  options?: InlineOptions<RowOf<K>, FieldName<K>>,
): Inline;
export function stackedInline(key: ModelKey, options: InlineOptions<Row, string> = {}): Inline {
  modelMeta(key);
  return { kind: 'stacked', model: key, options };
}
