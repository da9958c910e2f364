import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { Prisma } from '@/lib/db/client';

/** A field with a column of its own. */
export type ColumnMeta = Extract<FieldMeta, { maxLength: number | null }>;

const UNEDITABLE = ['id', 'bytes', 'unsupported', 'reverse'];

/**
 * Whether a form can hold a field: not bytes, nor what Prisma cannot read, nor what it writes itself.
 * Django: Field.editable
 */
export function isEditable(field: FieldMeta): boolean {
  return !(UNEDITABLE.includes(field.kind) || ('isAutomatic' in field && field.isAutomatic));
}

/** Whether a form insists on a value; a box says no by being empty. Django: Field.required */
export function isRequired({ isBlank, kind }: FieldMeta): boolean {
  return !isBlank && kind !== 'boolean';
}

/**
 * A value as one text, the same for what is the same: JSON with its keys in order, whatever order the
 * database keeps them in, numbers of any size, bytes.
 */
export function textOfValue(value: unknown): string {
  return JSON.stringify(comparable(value ?? null));
}

function comparable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const pairs = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(pairs.map(([key, part]) => [key, comparable(part)]));
}

/**
 * A decimal with the places that its column has, `0.10`, or with those that it needs where the column
 * names none.
 * Django: contrib/admin/utils.py display_for_field of a DecimalField
 */
function decimalDigits({ decimalPlaces, maxDigits }: ColumnMeta, value: unknown): string {
  const number = new Prisma.Decimal(String(value));
  return maxDigits === 65 ? number.toFixed() : number.toFixed(decimalPlaces ?? 0);
}

/** The day of a date, `2028-02-29`, and the time of a time, `00:00:00` or `00:00:00.123`. */
export function dayText(value: Date): string {
  return value.toISOString().slice(0, 10);
}

export function timeText(value: Date): string {
  return value
    .toISOString()
    .slice(11, -1)
    .replace(/\.000$/, '');
}

/** What the database keeps of an enum's value, by its name in TypeScript; and the other way round. */
export function storedValue({ values }: ColumnMeta, name: unknown): string {
  return values?.find(([each]) => each === name)?.[1] ?? String(name);
}

export function namedValue({ values }: ColumnMeta, stored: string): string | null {
  return values?.find(([, each]) => each === stored)?.[0] ?? null;
}

// What is nested deep is mostly blanks where it is laid out.
const MOST_LAID_OUT = 10;

/** JSON as a form holds it: laid out, unless that made the text more than ten times as long. */
export function laidOutJson(value: unknown): string {
  const text = JSON.stringify(value);
  const laidOut = JSON.stringify(value, null, 2);
  return laidOut.length > MOST_LAID_OUT * text.length ? text : laidOut;
}

/**
 * The value of a column as a form and a file hold it: exact, and read back as it was. Never called for
 * what is null.
 */
export function columnText(field: ColumnMeta, value: unknown): string {
  switch (field.kind) {
    case 'decimal':
      return decimalDigits(field, value);
    case 'date':
      return value instanceof Date ? dayText(value) : '';
    case 'time':
      return value instanceof Date ? timeText(value) : '';
    case 'json':
      return JSON.stringify(value);
    case 'enum':
      return storedValue(field, value);
    case 'bytes':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : '';
    default:
      return field.native === 'char' ? String(value).trimEnd() : String(value);
  }
}

/** A text as a browser sends it that was given it: each line ends with both characters. */
export function asSent(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n');
}
