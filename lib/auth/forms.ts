import { z } from 'zod';
import { codePointLength, hasNul } from '@/lib/db/fields';
import { normalizeUsername } from './base-user';
import { strip } from './strip';
import { USERNAME_MAX_LENGTH } from './validators';

const NULL_CHARACTERS = 'Null characters are not allowed.';

/**
 * What a failed sign-in says, whatever the reason: a wrong password, an unknown or inactive user.
 * Django: AuthenticationForm.error_messages["invalid_login"]
 */
export const invalidLogin =
  'This username and password do not match. Both tell capital from small letters.';

/**
 * The sign-in form: `username` without space around it and in NFKC, `password` exactly as typed.
 * Both are required; a NUL in either is refused. The length of the username is not checked, an
 * overlong one is simply unknown.
 * Django: contrib/auth/forms.py AuthenticationForm, UsernameField
 */
export const AuthenticationForm = z.object({
  username: z.string().default('').transform(toUsername).superRefine(required('your username')),
  password: z.string().default('').superRefine(required('your password')),
});

// Normalising costs more the longer the text, and an overlong one can match nothing.
function toUsername(typed: string): string {
  const username = strip(typed);
  return codePointLength(username) > USERNAME_MAX_LENGTH ? username : normalizeUsername(username);
}

function required(what: string) {
  return (text: string, context: z.RefinementCtx): void => {
    if (text === '') context.addIssue({ code: 'custom', message: `Enter ${what}.` });
    if (hasNul(text)) context.addIssue({ code: 'custom', message: NULL_CHARACTERS });
  };
}
