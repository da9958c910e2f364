'use client';

import { useField } from '@/components/forms/form-state';

const choices = [
  ['true', 'Enabled'],
  ['false', 'Disabled'],
] as const;

/** Whether there is to be a password at all. Django: forms.BaseUserCreationForm.usable_password */
export function UsablePassword() {
  const { value = 'true' } = useField('usable_password');
  return (
    <fieldset className="space-y-1.5" aria-describedby="id_usable_password_hint">
      <legend className="font-semibold">Password-based authentication</legend>
      <p id="id_usable_password_hint" className="text-sm text-muted">
        Without it they sign in only in another way, such as a passkey or another site.
      </p>
      <div className="flex gap-6">
        {choices.map(([choice, label]) => (
          <label key={choice} className="inline-flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name="usable_password"
              value={choice}
              defaultChecked={value === choice}
              className="size-4 accent-accent"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
