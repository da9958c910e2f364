'use client';

import { useContext } from 'react';
import { FormStateContext } from '@/components/forms/form-state';
import { PasswordField } from '@/components/forms/password-field';
import { TextField } from '@/components/forms/text-field';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

export type StepUp = { fields: readonly ConfirmationField[]; isOld: boolean };

const WHY =
  'You signed in a while ago. It is needed to grant something or to change how somebody signs in.';
const OR = 'Or this instead.';

/** Who one is, shown again; there while the sign-in is old, or once the server asks for it. */
export function StepUpField({ fields, isOld }: StepUp) {
  const { fieldErrors } = useContext(FormStateContext);
  if (!isOld && !fields.some(({ name }) => name in fieldErrors)) return null;
  return (
    <div className="max-w-96 space-y-5">
      {fields.map(({ name, label, kind }, i) =>
        kind === 'password' ? (
          <PasswordField
            key={name}
            name={name}
            label={label}
            hint={i === 0 ? WHY : OR}
            autoComplete="current-password"
          />
        ) : (
          <TextField
            key={name}
            name={name}
            label={label}
            hint={i === 0 ? WHY : OR}
            autoComplete="one-time-code"
            spellCheck={false}
          />
        ),
      )}
    </div>
  );
}
