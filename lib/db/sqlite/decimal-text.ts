import { Prisma } from '@/lib/generated/postgresql/client';

// Digits before the point take three digits to count: more than any number of PostgreSQL's has.
const MOST_DIGITS = 999;
const WRITTEN = /^([np])(\d{3})#([\d.]+)~?$/;

/**
 * A number as SQLite keeps it in a column of Decimal: a text that is exact, and that sorts and
 * compares as the numbers do. SQLite itself would make a float of it. `p002#10.5` is 10.5, and of a
 * number below zero every digit is its complement to nine, with `~` at the end: `n997#89.4~`.
 * Throws RangeError for what is no finite number.
 * Django: django/db/backends/sqlite3/operations.py adapt_decimalfield_value, which leaves floats
 */
export function decimalText(value: string | number | Prisma.Decimal): string {
  const number = new Prisma.Decimal(value);
  const [whole = '0', part = ''] = number.abs().toFixed().split('.');
  if (!number.isFinite() || whole.length > MOST_DIGITS) {
    throw new RangeError('SQLite has no such number.');
  }
  const fraction = part.replace(/0+$/, '');
  const digits = `${String(whole.length).padStart(3, '0')}#${whole}${fraction && `.${fraction}`}`;
  return number.isNegative() && !number.isZero() ? `n${complement(digits)}~` : `p${digits}`;
}

/** The number of such a text, as digits; null for what is none. */
export function decimalOfText(text: string): string | null {
  const [, sign, , digits = ''] = WRITTEN.exec(text) ?? [];
  if (sign === undefined) return null;
  return sign === 'n' ? `-${complement(digits)}` : digits;
}

function complement(digits: string): string {
  return digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
}
