import { confirmAction } from '@/app/(import)/admin/[app]/[model]/import/actions';
import { ConfirmFields } from '@/components/admin/rights/confirm-fields';
import { ReviewEffects } from '@/components/admin/rights/review-effects';
import type { ReviewedForm } from '@/components/admin/rights/review-form';
import { ReviewNotices } from '@/components/admin/rights/review-notices';
import { Button } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { Section } from '@/components/section';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = {
  model: string;
  /** The number of the preview. */
  id: number;
  answer: Omit<ReviewedForm, 'fields'>;
  actorId: number;
  fields: readonly ConfirmationField[];
};

/** What the rows of a file do to people, to be read before they are written. */
export function ReviewImport({ model, id, answer, actorId, fields }: Props) {
  const { review, notice, countError } = answer.unread;
  return (
    <div className="space-y-8">
      <ReviewNotices review={review} notice={notice} />
      <Section title="Who gains and who loses what" isWide>
        <ReviewEffects {...review} actorId={actorId} />
      </Section>
      <ActionForm
        action={confirmAction}
        isWatched={false}
        failed="Nothing is imported"
        notice="inside"
        className="space-y-6 border-t border-line pt-6"
      >
        <input type="hidden" name="_model" value={model} />
        <input type="hidden" name="_import" value={id} />
        <ConfirmFields
          review={review}
          countError={countError}
          reason={answer.reason}
          stepUp={answer.isProofAsked ? { fields, isOld: true, error: answer.proofError } : null}
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="_confirm" value="1">
            Import
          </SubmitButton>
          <Button name="_cancel" value="1" variant="quiet">
            Do not import
          </Button>
        </div>
      </ActionForm>
    </div>
  );
}
