import { WayChoice } from '@/components/access-requests/way-choice';
import { type StepUp, StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { type Choices, RadioField } from '@/components/forms/model/choice-fields';
import { FieldGroup } from '@/components/forms/model/field-group';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextArea } from '@/components/forms/text-area';
import type { Way } from '@/lib/extras/access-requests/ways';

type Props = {
  action: FormAction;
  id: number;
  ways: readonly Way[];
  durations: Choices;
  stepUp: StepUp;
};

/** How a request is granted: which way, for how long, and what is said to whoever asked. */
export function ApproveForm({ action, id, ways, durations, stepUp }: Props) {
  const [least] = ways;
  if (!least) return <p>There is no way that you may give it by.</p>;
  const longest = durations.at(-1)?.[0] ?? '';
  return (
    <ActionForm
      action={action}
      initialValues={{ way: least.value, duration: String(longest) }}
      failed="Nothing is granted"
      className="max-w-2xl"
    >
      <input type="hidden" name="_id" value={id} />
      <FieldGroup name="way" label="How" required>
        <div className="space-y-3">
          {ways.map((way) => (
            <WayChoice key={way.value} way={way} />
          ))}
        </div>
      </FieldGroup>
      <RadioField
        name="duration"
        label="For how long"
        hint="Shorter than was asked for, if you like. A time ends by itself."
        choices={durations}
      />
      <TextArea name="answer" label="Answer" required={false} rows={2} dir="auto" maxLength={500} />
      <StepUpIfOld {...stepUp} />
      <SubmitButton>Grant</SubmitButton>
    </ActionForm>
  );
}
