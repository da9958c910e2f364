import { passwordResetAction } from '@/app/(auth)/accounts/password_reset/actions';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';

export function PasswordResetForm() {
  return (
    <ActionForm action={passwordResetAction} failed="Nothing is sent" isWatched={false}>
      <TextField
        name="email"
        label="Email address"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton className="w-full">Send the link</SubmitButton>
    </ActionForm>
  );
}
