import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { NewPasswordField } from '@/components/forms/new-password-field';
import { PasswordField } from '@/components/forms/password-field';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { usernameLabel } from '@/lib/contrib/auth/forms';
import { passwordHelp } from '@/lib/contrib/auth/password-validation';
import { capfirst } from '@/lib/core/text';
import { hasUsername } from '@/lib/extras/account/new-account/username-field';

type Props = { action: FormAction; email: string; button: string };

/** Name and password of a new account, whose address is proven. */
export function NewAccountForm({ action, email, button }: Props) {
  const isNamed = hasUsername();
  return (
    <ActionForm action={action} failed="No account is made">
      {isNamed ? (
        <TextField
          name="username"
          label={capfirst(usernameLabel())}
          hint="By this you sign in. Others can see it."
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      ) : (
        <input type="text" autoComplete="username" value={email} readOnly hidden />
      )}
      <NewPasswordField
        name="password1"
        label="Password"
        helpTexts={passwordHelp()}
        user={{ username: isNamed ? '' : email, firstName: '', lastName: '', email }}
      />
      <PasswordField name="password2" label="Password again" autoComplete="new-password" />
      <SubmitButton className="w-full">{button}</SubmitButton>
    </ActionForm>
  );
}
