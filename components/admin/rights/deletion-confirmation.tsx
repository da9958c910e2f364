import { TextField } from '@/components/forms/text-field';
import { asksForCount, REVIEW_FIELDS } from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';

/** What somebody says of the review of a deletion, in an ActionForm. */
export function DeletionConfirmation({ review }: { review: RightsReview }) {
  const { digest, losers } = review;
  return (
    <div className="max-w-96 space-y-5">
      <input type="hidden" name={REVIEW_FIELDS.digest} value={digest} />
      {asksForCount(review) && (
        <TextField
          name={REVIEW_FIELDS.count}
          label="How many people lose something?"
          hint={`Type ${losers.toLocaleString('en')} to go on.`}
          inputMode="numeric"
          autoComplete="off"
        />
      )}
      <TextField
        name={REVIEW_FIELDS.reason}
        label="Reason"
        hint="The history and the security log keep it."
        required={false}
        autoComplete="off"
        dir="auto"
      />
    </div>
  );
}
