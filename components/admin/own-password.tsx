'use client';

import { type ReactNode, useContext } from 'react';
import { FormStateContext } from '@/components/forms/form-state';
import { PasswordField } from '@/components/forms/password-field';
import { emptyFormState } from '@/lib/forms/forms';

type Props = { name: string; hint: string };

/** One's own password again, before something that needs it. */
function OwnPassword({ name, hint }: Props) {
  return (
    <div className="max-w-96">
      <PasswordField
        name={name}
        label="Your own password"
        hint={hint}
        autoComplete="current-password"
      />
    </div>
  );
}

const SIGN_IN_IS_OLD =
  'You signed in a while ago. It is needed to grant something or to change how somebody signs in.';

type OldProps = { name: string; isOld: boolean };

/** The same of an ActionForm: there while the sign-in is old, or once the server asks for it. */
export function OwnPasswordIfOld({ name, isOld }: OldProps) {
  const { fieldErrors } = useContext(FormStateContext);
  return isOld || name in fieldErrors ? <OwnPassword name={name} hint={SIGN_IN_IS_OLD} /> : null;
}

type ErrorProps = Props & { error: string | undefined };

/** The same of a form that keeps no state: what is wrong is said by the page that it is on. */
export function OwnPasswordWithError({ error, ...field }: ErrorProps): ReactNode {
  const fieldErrors = error === undefined ? {} : { [field.name]: [error] };
  return (
    <FormStateContext value={{ ...emptyFormState, fieldErrors }}>
      <OwnPassword {...field} />
    </FormStateContext>
  );
}
