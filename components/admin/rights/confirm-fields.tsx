import type { StepUp } from '@/components/admin/step-up';
import { StepUpPlain } from '@/components/admin/step-up-plain';
import {
  asksForCount,
  LONGEST_REASON,
  REVIEW_FIELDS,
} from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';

type Props = {
  review: RightsReview;
  countError: string | undefined;
  /** As it was typed before. */
  reason: string;
  /** Null where the change gives nothing, or the sign-in is young. */
  stepUp: (StepUp & { error: string | undefined }) | null;
  hint?: string;
};

const input =
  'mt-1 block min-h-10 w-full rounded-field border border-edge bg-surface px-3 aria-invalid:border-danger';

/** What somebody says of a review: that they have read it, how many it costs something, and why. */
export function ConfirmFields({ review, countError, reason, stepUp, hint }: Props) {
  const number = review.losers.toLocaleString('en');
  const describedBy = countError ? 'id__count_error id__count_hint' : 'id__count_hint';
  return (
    <div className="max-w-96 space-y-5">
      <input type="hidden" name={REVIEW_FIELDS.digest} value={review.digest} />
      {asksForCount(review) && (
        <div>
          <label htmlFor="id__count" className="font-semibold">
            How many people lose something?
          </label>
          <p id="id__count_hint" className="mt-1 text-muted">
            {`Type ${number} to go on.`}
          </p>
          {countError && (
            <p id="id__count_error" role="alert" className="mt-1 text-danger">
              {countError}
            </p>
          )}
          <input
            id="id__count"
            name={REVIEW_FIELDS.count}
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={countError !== undefined || undefined}
            aria-describedby={describedBy}
            className={`${input} max-w-40`}
          />
        </div>
      )}
      <div>
        <label htmlFor="id__reason" className="font-semibold">
          Reason <span className="font-normal text-muted">(optional)</span>
        </label>
        <p id="id__reason_hint" className="mt-1 text-muted">
          The history and the security log keep it.
        </p>
        <input
          id="id__reason"
          name={REVIEW_FIELDS.reason}
          defaultValue={reason}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          dir="auto"
          aria-describedby="id__reason_hint"
          className={input}
        />
      </div>
      {stepUp && (
        <StepUpPlain
          fields={stepUp.fields}
          error={stepUp.error}
          hint={hint ?? 'You signed in a while ago, and this gives rights.'}
        />
      )}
    </div>
  );
}
