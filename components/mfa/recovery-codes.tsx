import { StepUpIfOld } from '@/components/admin/step-up';
import { Button } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { CheckboxField } from '@/components/forms/checkbox-field';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { PrintButton } from '@/components/mfa/print-button';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = {
  codes: readonly string[];
  /** Whose they are, for the paper. */
  username: string;
  siteName: string;
  next: string;
  stepUp: { fields: readonly ConfirmationField[]; isOld: boolean } | null;
  action: FormAction;
};

/** New recovery codes, to be kept: on paper, in a file; and the word of their owner that they are. */
export function RecoveryCodes({ codes, username, siteName, next, stepUp, action }: Props) {
  return (
    <div className="space-y-6">
      <section aria-label="Recovery codes" className="rounded-panel border border-line p-4">
        <p className="mb-3 hidden print:block">
          Recovery codes of {username} at {siteName}. Each is good once.
        </p>
        <ol className="space-y-1">
          {codes.map((code) => (
            <li key={code}>
              <code data-recovery-code>{code}</code>
            </li>
          ))}
        </ol>
      </section>
      <div className="flex flex-wrap gap-2 print:hidden">
        <form method="post" action="/accounts/2fa/recovery-codes/download/">
          <Button>Download</Button>
        </form>
        <PrintButton />
      </div>
      <div className="print:hidden">
        <ActionForm action={action} failed="Not saved" isWatched={false}>
          <input type="hidden" name="next" value={next} />
          <CheckboxField
            name="kept"
            label="I have kept these codes"
            hint="They count only then, and are not shown again."
          />
          {stepUp && <StepUpIfOld {...stepUp} />}
          <SubmitButton className="w-full">Go on</SubmitButton>
        </ActionForm>
      </div>
    </div>
  );
}
