import { setPasswordAction } from '@/app/(auth)/accounts/reset/[uidb64]/set-password/actions';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordFields } from '@/components/forms/new-password-fields';
import { SubmitButton } from '@/components/forms/submit-button';
import type { User } from '@/lib/contrib/auth/models';

export function SetPasswordForm({ user }: { user: User }) {
  return (
    <ActionForm action={setPasswordAction}>
      <NewPasswordFields user={user} />
      <SubmitButton className="w-full">Set the new password</SubmitButton>
    </ActionForm>
  );
}
