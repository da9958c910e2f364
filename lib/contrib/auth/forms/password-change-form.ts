import { z } from 'zod';
import type { User } from '@/lib/contrib/auth/models';
import { hasNul } from '@/lib/forms/fields';
import { judgeNewPassword, newPasswordFields, passwordField } from './new-password';

/** What a wrong old password says. Django: PasswordChangeForm.error_messages["password_incorrect"] */
export const passwordIncorrect = 'This is not your current password.';

/**
 * The form with which somebody changes their own password: `old_password`, `new_password1`,
 * `new_password2`, in this order. For `parseFormAsync`. The new password may be the old one. A user
 * with an unusable password never passes.
 * Django: contrib/auth/forms.py PasswordChangeForm
 */
export function PasswordChangeForm(user: User) {
  const oldPassword = passwordField('Enter your current password.').superRefine(
    async (password, context) => {
      if (password === '' || hasNul(password) || (await user.checkPassword(password))) return;
      context.addIssue({ code: 'custom', message: passwordIncorrect });
    },
  );
  return z
    .object({ old_password: oldPassword, ...newPasswordFields })
    .superRefine(judgeNewPassword(user));
}
