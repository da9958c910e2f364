import { ValidationError } from '@/lib/core/exceptions';

/**
 * The number that somebody typed, from `least` to `most`. Throws ValidationError for nothing, for what is
 * no whole number, and for one out of these bounds.
 * Django: forms/fields.py IntegerField.clean
 */
export function wholeNumber(typed: string, least: number, most: number): number {
  const text = typed.trim();
  if (text === '') throw new ValidationError('This field is required.', 'required');
  if (!/^[+-]?\d+$/.test(text)) throw new ValidationError('Enter a whole number.', 'invalid');
  const number = Number(text);
  if (number < least) {
    throw new ValidationError(
      `Ensure this value is greater than or equal to ${least}.`,
      'min_value',
    );
  }
  if (number > most) {
    throw new ValidationError(`Ensure this value is less than or equal to ${most}.`, 'max_value');
  }
  return number;
}
