import { z } from 'zod';

const MAX_ID = 2_147_483_647;

/**
 * The row id in an address or a form field: 1 to 2147483647, in decimal without sign, space or
 * leading zero. Returns null for anything else, so that it never reaches PostgreSQL, whose ids are
 * 32 bits wide.
 * Django: django/db/models/fields/__init__.py IntegerField, AutoField
 */
export function parseId(text: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(text)) return null;
  const id = Number(text);
  return id <= MAX_ID ? id : null;
}

/**
 * Whether a text contains U+0000, which PostgreSQL cannot store and nobody types.
 * Django: django/core/validators.py ProhibitNullCharactersValidator
 */
export function hasNul(text: string): boolean {
  return text.includes('\0');
}

/** How long a text is to Django: in code points, so that one emoji counts once. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/**
 * The zod schema of one text field: stripped at the ends, at most `max` code points, without NUL,
 * and with `required`, the message, not blank. A field that the form lacks is blank.
 * Django: django/forms/fields.py CharField
 */
export function textField({ max, required }: { max?: number; required?: string }) {
  return z
    .string()
    .default('')
    .transform((text) => text.trim())
    .superRefine((text, context) => {
      const message = problemOf(text, max, required);
      if (message) context.addIssue({ code: 'custom', message });
    });
}

function problemOf(text: string, max: number | undefined, required: string | undefined) {
  if (text === '') return required;
  if (hasNul(text)) return 'Null characters are not allowed.';
  const length = codePointLength(text);
  if (max === undefined || length <= max) return undefined;
  return `Ensure this value has at most ${max} characters (it has ${length}).`;
}
