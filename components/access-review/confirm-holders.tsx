import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextArea } from '@/components/forms/text-area';

type Props = {
  action: FormAction;
  model: string;
  id: number;
  count: number;
  isGroup: boolean;
  digest: string;
};

/** Says of those who hold something now that they hold it rightly. */
export function ConfirmHolders({ action, model, id, count, isGroup, digest }: Props) {
  return (
    <ActionForm action={action} failed="Nothing is confirmed" notice="inside">
      <input type="hidden" name="_model" value={model} />
      <input type="hidden" name="_id" value={id} />
      <input type="hidden" name="digest" value={digest} />
      <TextArea
        name="note"
        label="Note"
        required={false}
        hint="What you looked at, for whoever asks later."
        rows={2}
        dir="auto"
        maxLength={500}
      />
      <SubmitButton>{labelOf(count, isGroup)}</SubmitButton>
    </ActionForm>
  );
}

function labelOf(count: number, isGroup: boolean): string {
  if (count === 0) return `Confirm that nobody ${isGroup ? 'is in it' : 'holds it'}`;
  return count === 1 ? 'Confirm 1 person' : `Confirm ${count.toLocaleString('en')} people`;
}
