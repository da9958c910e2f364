import { z } from 'zod';
import { passwordField } from '@/lib/contrib/auth/forms/new-password';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import { hasNul } from '@/lib/forms/fields';
import { hasUsername, usernameField } from './username-field';

/**
 * The form that makes an account for an address that is proven: `username`, `password1`, `password2`.
 * Where people sign in with their address it has no `username`. For `parseFormAsync`.
 * allauth: account/forms.py SignupForm
 */
export function NewAccountForm(email: string) {
  const username = hasUsername()
    ? usernameField()
    : z
        .string()
        .default('')
        .transform(() => email);
  const fields = {
    username,
    password1: passwordField('Choose a password.'),
    password2: passwordField('Enter the password again.'),
  };
  return z.object(fields).superRefine(async (typed, context) => {
    const { password1, password2 } = typed;
    if ([password1, password2].some((text) => text === '' || hasNul(text))) return;
    const subject = { username: typed.username, firstName: '', lastName: '', email };
    const errors =
      password1 === password2
        ? await validatePassword(password1, subject)
        : ['The two passwords differ.'];
    for (const message of errors) {
      context.addIssue({ code: 'custom', message, path: ['password2'] });
    }
  });
}
