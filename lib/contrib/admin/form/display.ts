import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { momentFormat } from '@/lib/core/moments';

const formatMoment = momentFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/**
 * What people read of a column's value; '' for an empty one. Times are in settings.TIME_ZONE, which
 * is named.
 * Django: contrib/admin/utils.py display_for_field
 */
export function displayValue(field: FieldMeta, value: unknown): string {
  if (value === null || value === undefined) return '';
  const choices = 'choices' in field ? field.choices : null;
  const choice = choices?.find(([stored]) => stored === value);
  if (choice) return choice[1];
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value instanceof Date) return formatMoment(value);
  return String(value);
}
