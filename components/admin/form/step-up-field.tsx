'use client';

import { useContext } from 'react';
import { FormStateContext } from '@/components/forms/form-state';
import { PasswordField } from '@/components/forms/password-field';

type Props = { name: string; isOld: boolean };

/** One's own password again; there while the sign-in is old, or once the server asks for it. */
export function StepUpField({ name, isOld }: Props) {
  const { fieldErrors } = useContext(FormStateContext);
  if (!isOld && !(name in fieldErrors)) return null;
  return (
    <div className="max-w-96">
      <PasswordField
        name={name}
        label="Your own password"
        hint="You signed in a while ago. It is needed to grant something or to change how somebody signs in."
        autoComplete="current-password"
      />
    </div>
  );
}
