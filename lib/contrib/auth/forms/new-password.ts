import { z } from 'zod';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import { hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';

/**
 * The zod schema of a password field: exactly as typed, required, without NUL. `missing` is what a
 * blank one says.
 * Django: forms.CharField(strip=False, widget=PasswordInput)
 */
export function passwordField(missing: string) {
  return z
    .string()
    .default('')
    .superRefine((password, context) => {
      if (password === '') context.addIssue({ code: 'custom', message: missing });
      if (hasNul(password)) context.addIssue({ code: 'custom', message: NULL_CHARACTERS });
    });
}

/** Both fields of a new password, to be judged together by `judgeNewPassword`. */
export const newPasswordFields = {
  new_password1: passwordField('Enter a new password.'),
  new_password2: passwordField('Enter the new password again.'),
};

/**
 * Judge a new password for a user: both must be the same, and pass the validators. What is wrong
 * belongs to the second field; a difference is said alone.
 * Django: contrib/auth/forms.py SetPasswordMixin.validate_passwords, validate_password_for_user
 */
export function judgeNewPassword(user: PasswordSubject) {
  return async (
    typed: { new_password1: string; new_password2: string },
    context: z.RefinementCtx,
  ): Promise<void> => {
    const { new_password1: password, new_password2: again } = typed;
    if ([password, again].some((text) => text === '' || hasNul(text))) return;
    const errors =
      password === again
        ? await validatePassword(password, user)
        : ['The two new passwords differ.'];
    for (const message of errors) {
      context.addIssue({ code: 'custom', message, path: ['new_password2'] });
    }
  };
}
