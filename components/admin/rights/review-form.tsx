import type { ComponentProps } from 'react';
import { ChangedHolders } from '@/components/admin/rights/changed-holders';
import { ConfirmFields } from '@/components/admin/rights/confirm-fields';
import { ReviewEffects } from '@/components/admin/rights/review-effects';
import { ReviewNotices } from '@/components/admin/rights/review-notices';
import { SubmitButton } from '@/components/forms/submit-button';
import { Section } from '@/components/section';
import { SendingForm } from '@/components/sending/sending-form';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import { REVIEW_BUTTONS, type Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';

/** A form that moves rights, and what is to be read of it first. */
export type ReviewedForm = {
  unread: Unconfirmed;
  /** The form as it was sent, to be carried along. */
  fields: [name: string, value: string][];
  /** Why, as it was typed. */
  reason: string;
  /** Whether a proof of who one is has to come with it. */
  isProofAsked: boolean;
  proofError: string | undefined;
};

type Props = {
  answer: ReviewedForm;
  /** What the form was sent to. */
  action: ComponentProps<typeof SendingForm>['action'];
  actorId: number;
  fields: readonly ConfirmationField[];
};

/** What a form does to people, to be read before it is saved. The form itself is carried along. */
export function ReviewForm({ answer, action, actorId, fields }: Props) {
  const { review, notice, countError } = answer.unread;
  const stepUp = { fields, isOld: true, error: answer.proofError };
  return (
    <div className="space-y-8">
      <ReviewNotices review={review} notice={notice} />
      <Section title="Who gains and who loses what" isWide>
        <ReviewEffects {...review} actorId={actorId} />
      </Section>
      {review.holders.some(({ status, ...moved }) => status === undefined || hasMoves(moved)) && (
        <Section title="What is changed" isWide>
          <ChangedHolders holders={review.holders} />
        </Section>
      )}
      <SendingForm
        action={action}
        isWatched
        isStaged
        className="space-y-6 border-t border-line pt-6"
      >
        {answer.fields.map(([name, value], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field may come twice with one value.
          <input key={i} type="hidden" name={name} value={value} />
        ))}
        <ConfirmFields
          review={review}
          countError={countError}
          reason={answer.reason}
          stepUp={answer.isProofAsked ? stepUp : null}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton name={REVIEW_BUTTONS.confirm} value="1">
            Save these changes
          </SubmitButton>
          <SubmitButton variant="secondary" name={REVIEW_BUTTONS.edit} value="1">
            Back to the form
          </SubmitButton>
        </div>
      </SendingForm>
    </div>
  );
}

function hasMoves(moved: Record<string, unknown>): boolean {
  return ['given', 'taken', 'joined', 'left'].some((name) => {
    const list = moved[name];
    return Array.isArray(list) && list.length > 0;
  });
}
