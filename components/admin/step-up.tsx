'use client';

import { useContext } from 'react';
import { FormStateContext } from '@/components/forms/form-state';
import { PasswordField } from '@/components/forms/password-field';
import { TextField } from '@/components/forms/text-field';
import { PasskeyField } from '@/components/webauthn/passkey-field';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

/** The proofs that somebody can give again, and whether the last one is too old for what they do. */
export type StepUp = { fields: readonly ConfirmationField[]; isOld: boolean };

type Props = { fields: readonly ConfirmationField[]; hint: string };

/** Who one is, shown again in one of the ways that one has, before something that needs it. */
function Proofs({ fields, hint }: Props) {
  return (
    <div className="max-w-96 space-y-5">
      {fields.map(({ name, label, kind, options }, i) => {
        const field = { name, label, hint: i === 0 ? hint : 'Or this instead.' };
        if (options !== undefined) {
          return <PasskeyField key={name} {...field} options={options} purpose="confirm" />;
        }
        return kind === 'password' ? (
          <PasswordField key={name} {...field} autoComplete="current-password" />
        ) : (
          <TextField key={name} {...field} autoComplete="one-time-code" spellCheck={false} />
        );
      })}
    </div>
  );
}

const TO_GRANT = 'to grant something or to change how somebody signs in';

/**
 * The same of an ActionForm: there while the sign-in is old, or once the server asks for it. `purpose`
 * says what it is needed for.
 */
export function StepUpIfOld({ fields, isOld, purpose = TO_GRANT }: StepUp & { purpose?: string }) {
  const { fieldErrors } = useContext(FormStateContext);
  const isAsked = isOld || fields.some(({ name }) => name in fieldErrors);
  return isAsked ? (
    <Proofs fields={fields} hint={`You signed in a while ago. It is needed ${purpose}.`} />
  ) : null;
}
