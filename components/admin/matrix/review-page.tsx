import { ChangedHolders } from '@/components/admin/rights/changed-holders';
import { ConfirmFields } from '@/components/admin/rights/confirm-fields';
import { Notice } from '@/components/admin/rights/notice';
import { ReviewEffects } from '@/components/admin/rights/review-effects';
import { ReviewNotices } from '@/components/admin/rights/review-notices';
import type { StepUp } from '@/components/admin/step-up';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import { SendingForm } from '@/components/sending/sending-form';
import type { MatrixReview } from '@/lib/extras/matrix/matrix-review';

type Props = {
  review: MatrixReview;
  changes: string;
  about: string;
  actorId: number;
  notice?: string;
  countError?: string;
  reason?: string;
  stepUpError?: string;
  stepUp: StepUp;
  action: (form: FormData) => Promise<void>;
};

/** What changes would do, to be read before they are saved. */
export function ReviewPage({ review, changes, about, actorId, notice, ...form }: Props) {
  const { columns, overtaken, refusals } = review;
  const given = sum(columns.map((column) => column.given.length));
  const taken = sum(columns.map((column) => column.taken.length));
  const maySave = refusals.length === 0 && columns.length > 0;
  return (
    <div className="space-y-8">
      <ReviewNotices review={review} notice={notice} />
      {overtaken.length > 0 && (
        <Notice
          level="warning"
          title="Somebody else changed the same meanwhile; these are left out."
          texts={overtaken}
        />
      )}
      {columns.length === 0 && <p>Nothing is left to change.</p>}
      {columns.length > 0 && (
        <>
          <Section title="Who gains and who loses what" isWide>
            <ReviewEffects {...review} actorId={actorId} />
          </Section>
          <Section title="What is changed" isWide>
            <ChangedHolders holders={columns} />
          </Section>
        </>
      )}
      <SendingForm
        action={form.action}
        isWatched
        isStaged={maySave}
        className="space-y-4 border-t border-line pt-6"
      >
        <input type="hidden" name="_about" value={about} />
        <input type="hidden" name="changes" value={changes} />
        {maySave && (
          <ConfirmFields
            review={review}
            countError={form.countError}
            reason={form.reason ?? ''}
            stepUp={
              given > 0 && form.stepUp.isOld ? { ...form.stepUp, error: form.stepUpError } : null
            }
            hint="You signed in a while ago, and this grants permissions."
          />
        )}
        <div className="flex flex-wrap gap-3">
          {maySave && (
            <Button variant="primary" name="_save" value="1">
              {saveWords(given, taken)}
            </Button>
          )}
          <Button name="_edit" value="1" formNoValidate>
            Back to the changes
          </Button>
        </div>
      </SendingForm>
    </div>
  );
}

function saveWords(given: number, taken: number): string {
  const give = given > 0 ? `Give ${count(given)}` : '';
  const take = taken > 0 ? `Take away ${count(taken)}` : '';
  return give && take ? `${give}, take away ${taken}` : give || take;
}

function count(permissions: number): string {
  return permissions === 1 ? '1 permission' : `${permissions} permissions`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
