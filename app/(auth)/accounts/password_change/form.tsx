import { passwordChangeAction } from '@/app/(auth)/accounts/password_change/actions';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordFields } from '@/components/forms/new-password-fields';
import { PasswordField } from '@/components/forms/password-field';
import { SubmitButton } from '@/components/forms/submit-button';
import type { User } from '@/lib/contrib/auth/models';

export function PasswordChangeForm({ user }: { user: User }) {
  return (
    <ActionForm action={passwordChangeAction}>
      <PasswordField name="old_password" label="Current password" autoComplete="current-password" />
      <NewPasswordFields user={user} />
      <SubmitButton className="w-full">Change password</SubmitButton>
    </ActionForm>
  );
}
