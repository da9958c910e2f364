import { z } from 'zod';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import { judgeNewPassword, newPasswordFields } from './new-password';

/**
 * The form that gives `user` a new password without asking for the old one: `new_password1` and
 * `new_password2`. For `parseFormAsync`.
 * Django: contrib/auth/forms.py SetPasswordForm
 */
export function SetPasswordForm(user: PasswordSubject) {
  return z.object(newPasswordFields).superRefine(judgeNewPassword(user));
}
