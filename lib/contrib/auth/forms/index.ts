import { z } from 'zod';
import { normalizeUsername } from '@/lib/contrib/auth/base-user';
import { getUserModel, verboseName } from '@/lib/contrib/auth/users/user-model';
import { strip } from '@/lib/core/strip';
import { codePointLength, hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';
// Installs the user model, which is asked for below.
import '@/lib/contrib/auth/models';

/**
 * What the field for the name is called, in lower case: "username", "email address".
 * Django: AuthenticationForm.username_field.verbose_name
 */
export function usernameLabel(): string {
  const model = getUserModel();
  return verboseName(model, model.USERNAME_FIELD);
}

/**
 * What a failed sign-in says, whatever the reason: a wrong password, an unknown or inactive user.
 * Django: AuthenticationForm.error_messages["invalid_login"]
 */
export function invalidLogin(): string {
  return `This ${usernameLabel()} and password do not match. Check capital letters.`;
}

/**
 * The sign-in form: `username` without space around it and in NFKC, `password` exactly as typed.
 * Both are required; a NUL in either is refused. The length of the username is not checked, an
 * overlong one is simply unknown.
 * Django: contrib/auth/forms.py AuthenticationForm, UsernameField
 */
export const AuthenticationForm = z.object({
  username: z.string().default('').transform(toUsername).superRefine(required(usernameLabel)),
  password: z
    .string()
    .default('')
    .superRefine(required(() => 'password')),
});

// Normalising costs more the longer the text, and an overlong one can match nothing.
function toUsername(typed: string): string {
  const username = strip(typed);
  const isOverlong = codePointLength(username) > getUserModel().USERNAME_MAX_LENGTH;
  return isOverlong ? username : normalizeUsername(username);
}

function required(what: () => string) {
  return (text: string, context: z.RefinementCtx): void => {
    if (text === '') context.addIssue({ code: 'custom', message: `Enter your ${what()}.` });
    if (hasNul(text)) context.addIssue({ code: 'custom', message: NULL_CHARACTERS });
  };
}
