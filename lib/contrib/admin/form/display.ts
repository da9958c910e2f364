import { isRichCell, richText } from '@/lib/contrib/admin/list/shown/rich-cells';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { momentFormat } from '@/lib/core/moments';
import { columnText } from './values';

// A day is the same in every zone.
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

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
  if (field.kind === 'date' && value instanceof Date) return formatDay(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if ('maxLength' in field && field.kind !== 'datetime') return columnText(field, value);
  if (value instanceof Date) return formatMoment(value);
  return String(value);
}

/** A date as people read it: 29 Feb 2028. */
function formatDay(value: Date): string {
  return dayFormat.format(value);
}

/** What is shown of bytes: how many there are. */
function bytesText({ length }: Uint8Array): string {
  return `${length.toLocaleString('en')} ${length === 1 ? 'byte' : 'bytes'}`;
}

/** What a computed line says, as text. */
export function computedText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (isRichCell(value)) return richText(value);
  return value instanceof Date ? formatMoment(value) : String(value);
}
