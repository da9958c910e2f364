import { TextControl } from '@/components/admin/form/controls';
import { StepUpIfOld } from '@/components/admin/step-up';
import { DateTime } from '@/components/date-time';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { ChoiceErrors, ResetChoice } from '@/components/mfa/reset-choice';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { Factor } from '@/lib/extras/mfa/factors/factor-kind';

type Kind = { name: string; label: string; standsAlone: boolean; factors: readonly Factor[] };

type Props = {
  targetId: number;
  kinds: readonly Kind[];
  needsTwo: boolean;
  isAgreeing: boolean;
  stepUp: { fields: readonly ConfirmationField[]; isOld: boolean };
  action: FormAction;
};

/** What somebody has, each to be chosen, and why it is to go. */
export function ResetFactors({ targetId, kinds, needsTwo, isAgreeing, stepUp, action }: Props) {
  const all = needsTwo && !isAgreeing ? 'Ask for a reset of all' : 'Reset all';
  return (
    <ActionForm action={action} failed="Nothing is removed">
      <input type="hidden" name="_id" value={targetId} />
      <fieldset id="id_what" tabIndex={-1} className="space-y-3" aria-describedby="id_what_error">
        <legend className="mb-3 font-semibold">What is to go</legend>
        {kinds.flatMap((kind) => choicesOf(kind))}
        <ResetChoice
          value="all"
          label={all}
          hint={
            needsTwo && !isAgreeing
              ? 'A second person has to agree within a day.'
              : 'All factors, trusted browsers and sessions end, and you get a ticket to hand over.'
          }
        />
        <ChoiceErrors />
      </fieldset>
      <div className="max-w-96">
        <TextControl
          name="reason"
          label="Reason"
          hint="How you know that it is really them. It is kept in the security log."
          type="text"
          isRequired
        />
      </div>
      <StepUpIfOld {...stepUp} />
      <SubmitButton variant="danger">Do it</SubmitButton>
    </ActionForm>
  );
}

function choicesOf({ name, label, standsAlone, factors }: Kind) {
  if (!standsAlone) {
    const [first] = factors;
    const text = `Remove the ${factors.length} ${label.toLowerCase()}`;
    return first ? [<ResetChoice key={name} value={`${name}:${first.id}`} label={text} />] : [];
  }
  const kind = label.toLowerCase();
  return factors.map((factor) => (
    <ResetChoice
      key={`${name}:${factor.id}`}
      value={`${name}:${factor.id}`}
      label={factor.label ? `Remove “${factor.label}” from the ${kind}` : `Remove ${kind}`}
      hint={<FactorFacts factor={factor} />}
    />
  ));
}

function FactorFacts({ factor: { created, lastUsed, note } }: { factor: Factor }) {
  return (
    <>
      Set up <DateTime value={created} />, last used{' '}
      {lastUsed ? <DateTime value={lastUsed} /> : 'never'}
      {note !== undefined && `. ${note}`}
    </>
  );
}
