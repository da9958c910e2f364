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
 * The ids in the value of a many-to-many field or a foreign key: a list of them, or one; none for
 * what is neither.
 * Django: ModelMultipleChoiceField.prepare_value
 */
export function idsIn(value: unknown): number[] {
  return [value].flat().filter((id) => typeof id === 'number');
}

/** What a field says of a text with NUL. Django: ProhibitNullCharactersValidator.message */
export const NULL_CHARACTERS = 'Null characters are not allowed.';

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

// Joiners where they change what is seen: in a sequence of emoji, after a virama, and between letters
// of the Arabic script of which the first joins the next.
const SEEN_JOINERS =
  /(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic}|[#*0-9])\ufe0f|(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])[\u200c\u200d]|(?<=(?![\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671\u0698])\p{Script=Arabic})[\u200c\u200d](?=\p{Script=Arabic})/gu;
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\u{1d159}]/u;

/**
 * A name in the one spelling that is kept: NFKC, as usernames have it, and single spaces, none at the
 * ends.
 * Django: contrib/auth/forms.py UsernameField.to_python, of usernames only
 */
function normalizeName(typed: string): string {
  return typed.normalize('NFKC').trim().replace(/\s+/gu, ' ');
}

/**
 * The zod schema of a name that people tell things apart by: as `textField`, in `normalizeName`'s
 * spelling, and without characters that cannot be seen, which would make two names look like one. Without
 * `required` it may be blank.
 * Django: no counterpart; a CharField takes them
 */
export function nameField({ max, required }: { max: number; required?: string }) {
  return z
    .string()
    .default('')
    .transform((text) => normalizeName(text.toWellFormed()))
    .superRefine((text, context) => {
      const isUnseen = !hasNul(text) && UNSEEN.test(text.replace(SEEN_JOINERS, ''));
      const message = isUnseen
        ? 'A name may not hold characters that cannot be seen.'
        : problemOf(text, max, required);
      if (message) context.addIssue({ code: 'custom', message });
    });
}

function problemOf(text: string, max: number | undefined, required: string | undefined) {
  if (text === '') return required;
  if (hasNul(text)) return NULL_CHARACTERS;
  const length = codePointLength(text);
  if (max === undefined || length <= max) return undefined;
  return `Ensure this value has at most ${max} characters (it has ${length}).`;
}
