import { NewPasswordField } from '@/components/forms/new-password-field';
import { PasswordField } from '@/components/forms/password-field';
import type { User } from '@/lib/contrib/auth/models';
import { passwordHelp } from '@/lib/contrib/auth/password-validation';

/** A new password, twice, with the rules for it, and the name it belongs to for password managers. */
export function NewPasswordFields({ user }: { user: User }) {
  const { username, firstName, lastName, email } = user;
  return (
    <>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <NewPasswordField
        name="new_password1"
        label="New password"
        helpTexts={passwordHelp()}
        user={{ username, firstName, lastName, email }}
      />
      <PasswordField name="new_password2" label="New password again" autoComplete="new-password" />
    </>
  );
}
