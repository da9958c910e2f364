import { z } from 'zod';
import { normalizeEmail, normalizeUsername } from '@/lib/contrib/auth/base-user';
import {
  USERNAME_MAX_LENGTH,
  validateEmail,
  validateUsername,
} from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';
import { strip } from '@/lib/core/strip';
import { codePointLength, hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';

const REQUIRED = 'This field is required.';

/**
 * A username as the admin's forms take it: without space around it and in NFKC.
 * Django: contrib/auth/forms.py UsernameField; AbstractUser.username
 */
export const usernameField = z
  .string()
  .default('')
  .transform(toUsername)
  .superRefine((username, context) => {
    const message = username === '' ? REQUIRED : problemOf(username, validateUsername);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

/**
 * A user's e-mail address, which may be blank, with its domain in lower case.
 * Django: forms.EmailField; AbstractUser.clean
 */
export const emailField = z
  .string()
  .default('')
  .transform((email) => normalizeEmail(strip(email)))
  .superRefine((email, context) => {
    const message = email === '' ? null : problemOf(email, validateEmail);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

// Normalising costs more the longer the text, and an overlong one is refused anyway.
function toUsername(typed: string): string {
  const username = strip(typed);
  return codePointLength(username) > USERNAME_MAX_LENGTH ? username : normalizeUsername(username);
}

function problemOf(text: string, validate: (text: string) => void): string | null {
  if (hasNul(text)) return NULL_CHARACTERS;
  try {
    validate(text);
    return null;
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
}
