import { z } from 'zod';
import type { User } from '@/lib/contrib/auth/models';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import { hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';
import { usernameField } from './user-fields';

const REQUIRED = 'This field is required.';

// Django sends `true` for a password that can be used, and reads everything else as not.
const usablePassword = z
  .string()
  .default('true')
  .transform((text) => text !== 'false');

const passwordFields = {
  usable_password: usablePassword,
  password1: z.string().default(''),
  password2: z.string().default(''),
};

type Passwords = { usable_password: boolean; password1: string; password2: string };

/**
 * The first step of adding a user: `username`, and either both passwords or none to be used. For
 * `parseFormAsync`.
 * Django: contrib/auth/forms.py AdminUserCreationForm
 */
export const NewUserForm = z
  .object({ username: usernameField, ...passwordFields })
  .superRefine((typed, context) =>
    judge(typed, { username: typed.username, firstName: '', lastName: '', email: '' }, context),
  );

/**
 * The form with which somebody sets another's password, or takes it away. For `parseFormAsync`.
 * Django: contrib/auth/forms.py AdminPasswordChangeForm
 */
export function AdminPasswordForm(user: User) {
  return z.object(passwordFields).superRefine((typed, context) => judge(typed, user, context));
}

async function judge(typed: Passwords, user: PasswordSubject, context: z.RefinementCtx) {
  if (!typed.usable_password) return;
  const { password1, password2 } = typed;
  const add = (field: string, message: string) =>
    context.addIssue({ code: 'custom', message, path: [field] });
  for (const field of ['password1', 'password2'] as const) {
    if (typed[field] === '') add(field, REQUIRED);
    if (hasNul(typed[field])) add(field, NULL_CHARACTERS);
  }
  if ([password1, password2].some((text) => text === '' || hasNul(text))) return;
  const errors =
    password1 === password2
      ? await validatePassword(password1, user)
      : ['The two password fields didn’t match.'];
  for (const message of errors) add('password2', message);
}
