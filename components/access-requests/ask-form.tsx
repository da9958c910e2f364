import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { type Choices, RadioField } from '@/components/forms/model/choice-fields';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextArea } from '@/components/forms/text-area';

type Props = {
  action: FormAction;
  /** What was refused, sealed. */
  refused: string;
  permissions: readonly { perm: string; name: string }[];
  durations: Choices;
};

/** What somebody needs, for how long, and what for. */
export function AskForm({ action, refused, permissions, durations }: Props) {
  const [shortest] = durations;
  return (
    <div className="max-w-2xl space-y-6">
      <ul className="divide-y divide-line border-y border-line">
        {permissions.map(({ perm, name }) => (
          <li key={perm} className="py-3">
            <p>{name}</p>
            <code className="text-sm text-muted wrap-anywhere">{perm}</code>
          </li>
        ))}
      </ul>
      <ActionForm
        action={action}
        initialValues={{ duration: String(shortest?.[0] ?? '') }}
        failed="Nothing is asked for"
      >
        <input type="hidden" name="refused" value={refused} />
        <TextArea
          name="reason"
          label="Reason"
          hint="What you want to do. It is kept with what is granted."
          rows={4}
          dir="auto"
          maxLength={500}
        />
        <RadioField name="duration" label="For how long" choices={durations} />
        <div className="flex gap-2">
          <SubmitButton>Ask for access</SubmitButton>
          <ButtonLink variant="quiet" href="/dashboard/">
            Cancel
          </ButtonLink>
        </div>
      </ActionForm>
    </div>
  );
}
