import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { ActionForm } from '@/components/forms/action-form';
import { CheckboxField } from '@/components/forms/checkbox-field';
import { PasswordField } from '@/components/forms/password-field';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { TextLink } from '@/components/text-link';

type Props = {
  next: string;
  usernameLabel: string;
  isRemembered: boolean;
  /** Whether the browser may offer a passkey at the field of the username. */
  hasCeremony: boolean;
};

export function LoginForm({ next, usernameLabel, isRemembered, hasCeremony }: Props) {
  return (
    <ActionForm
      action={loginAction}
      initialValues={isRemembered ? { remember_me: 'on' } : {}}
      failed="Not signed in"
      isWatched={false}
    >
      <input type="hidden" name="next" value={next} />
      <TextField
        name="username"
        label={usernameLabel.charAt(0).toUpperCase() + usernameLabel.slice(1)}
        autoComplete={hasCeremony ? 'username webauthn' : 'username'}
        autoCapitalize="none"
        spellCheck={false}
        isFirst
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <CheckboxField name="remember_me" label="Keep me signed in" />
      <SubmitButton className="w-full">Sign in</SubmitButton>
      <p>
        <TextLink href="/accounts/password_reset/" prefetch={false}>
          Forgotten your password?
        </TextLink>
      </p>
    </ActionForm>
  );
}
