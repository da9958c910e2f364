import { ReviewEffects } from '@/components/admin/matrix/review-effects';
import type { StepUp } from '@/components/admin/step-up';
import { StepUpPlain } from '@/components/admin/step-up-plain';
import { Button } from '@/components/button';
import { Name } from '@/components/name';
import { Section } from '@/components/section';
import { SendingForm } from '@/components/sending/sending-form';
import type { ColumnChange } from '@/lib/extras/matrix/matrix-changes';
import type { MatrixReview } from '@/lib/extras/matrix/matrix-review';
import { Notice } from './notice';

type Props = {
  review: MatrixReview;
  changes: string;
  about: string;
  actorId: number;
  notice?: string;
  stepUpError?: string;
  stepUp: StepUp;
  action: (form: FormData) => Promise<void>;
};

/** What changes would do, to be read before they are saved. */
export function ReviewPage({ review, changes, about, actorId, notice, ...form }: Props) {
  const { columns, effects, overtaken, refusals, flags, digest } = review;
  const given = sum(columns.map((column) => column.given.length));
  const taken = sum(columns.map((column) => column.taken.length));
  const maySave = refusals.length === 0 && columns.length > 0;
  return (
    <div className="space-y-8">
      {notice && <Notice level="danger" title={notice} texts={[]} />}
      {refusals.map(({ name, texts }) => (
        <Notice key={name} level="danger" title={`${name} cannot be changed so.`} texts={texts} />
      ))}
      {overtaken.length > 0 && (
        <Notice
          level="warning"
          title="Somebody else changed the same meanwhile; these are left out."
          texts={overtaken}
        />
      )}
      {flags.length > 0 && <Notice level="warning" title="Mind yourself." texts={flags} />}
      {columns.length === 0 && <p>Nothing is left to change.</p>}
      {columns.length > 0 && (
        <>
          <Section title="Who gains and who loses what" isWide>
            <ReviewEffects effects={effects} actorId={actorId} />
          </Section>
          <Section title="What is changed" isWide>
            <ul className="space-y-4">
              {columns.map((column) => (
                <ColumnItem key={`${column.kind}${column.id}`} column={column} />
              ))}
            </ul>
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
        <input type="hidden" name="expected" value={digest} />
        {maySave && given > 0 && form.stepUp.isOld && (
          <StepUpPlain
            fields={form.stepUp.fields}
            error={form.stepUpError}
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

function ColumnItem({ column: { name, given, taken } }: { column: ColumnChange }) {
  return (
    <li>
      <p className="font-semibold">
        <Name text={name} />
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-4">
        {given.map(({ id, perm }) => (
          <li key={id}>
            <span aria-hidden="true">+ </span>
            <span className="sr-only">is given </span>
            <code>{perm}</code>
          </li>
        ))}
        {taken.map(({ id, perm }) => (
          <li key={id} className="text-muted">
            <span aria-hidden="true">− </span>
            <span className="sr-only">loses </span>
            <code>{perm}</code>
          </li>
        ))}
      </ul>
    </li>
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
