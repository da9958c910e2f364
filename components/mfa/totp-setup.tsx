import { StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { CodeField } from '@/components/mfa/code-field';
import { QrCode } from '@/components/mfa/qr-code';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = {
  secret: string;
  uri: string;
  next: string;
  needsTicket: boolean;
  stepUp: { fields: readonly ConfirmationField[]; isOld: boolean } | null;
  action: FormAction;
};

/** An authenticator app is set up on one page: the code to scan, the same as text, one field. */
export function TotpSetup({ secret, uri, next, needsTicket, stepUp, action }: Props) {
  const groups = secret.match(/.{1,4}/g) ?? [];
  return (
    <ActionForm action={action} failed="Not set up" isWatched={false}>
      <input type="hidden" name="next" value={next} />
      <ol className="space-y-5">
        <li className="space-y-3">
          <p className="font-semibold">1. Scan this with your authenticator app</p>
          <QrCode text={uri} label="QR code for your authenticator app" />
          <p className="text-sm text-muted">
            Or type this secret into it:
            <code className="mt-1 block text-ink" data-secret>
              {groups.join(' ')}
            </code>
          </p>
        </li>
        <li className="space-y-3">
          <p className="font-semibold">2. Enter the code that it shows</p>
          <CodeField label="Code" />
        </li>
      </ol>
      {needsTicket && (
        <TextField
          name="ticket"
          label="Enrolment ticket"
          hint="The one that the people who run this site have given you."
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      )}
      {stepUp && <StepUpIfOld {...stepUp} />}
      <SubmitButton className="w-full">Set up</SubmitButton>
    </ActionForm>
  );
}
