import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextArea } from '@/components/forms/text-area';

/** Why a request is refused, said to whoever asked. */
export function RefuseForm({ action, id }: { action: FormAction; id: number }) {
  return (
    <ActionForm action={action} failed="Nothing is refused" className="max-w-2xl">
      <input type="hidden" name="_id" value={id} />
      <TextArea
        name="refusal"
        label="Why not"
        hint="The person who asked reads it."
        rows={2}
        dir="auto"
        maxLength={500}
      />
      <SubmitButton variant="secondary">Refuse</SubmitButton>
    </ActionForm>
  );
}
