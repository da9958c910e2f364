import { ReviewEffects } from '@/components/admin/rights/review-effects';
import { ReviewNotices } from '@/components/admin/rights/review-notices';
import { TextLink } from '@/components/text-link';
import type { Deletion } from '@/lib/contrib/admin/deletion/deletion';
import type { DeletedRow } from '@/lib/contrib/admin/deletion/deletion-list';
import { capfirst } from '@/lib/core/text';

type Props = { deletion: Deletion; actorId: number };

/** What forbids a deletion, or all that would go with it: the numbers first, then the rows. */
export function DeletionSummary({ deletion, actorId }: Props) {
  const { refusals, permsNeeded, counts, kept, rows, review } = deletion;
  if (refusals.length > 0 || permsNeeded.length > 0) {
    return (
      <div className="space-y-3">
        {refusals.map((refusal) => (
          <p key={refusal}>{refusal}</p>
        ))}
        {permsNeeded.length > 0 && (
          <p>You may not delete everything that would go: {permsNeeded.join(', ')}.</p>
        )}
      </div>
    );
  }
  const hidden = deletion.count - rows.length;
  return (
    <div className="space-y-6">
      {review && (
        <section className="space-y-3">
          <h2>Who loses what</h2>
          <ReviewNotices review={review} notice={undefined} />
          <ReviewEffects {...review} actorId={actorId} />
        </section>
      )}
      <section>
        <h2 className="mb-2">What is deleted</h2>
        <Counts counts={counts} />
      </section>
      {kept.length > 0 && (
        <section>
          <h2 className="mb-2">What stays, but loses its link to them</h2>
          <Counts counts={kept} />
        </section>
      )}
      {review ? (
        <details>
          <summary className="w-fit cursor-pointer font-semibold">
            All that goes, one by one
          </summary>
          <div className="mt-2">
            <Objects rows={rows} hidden={hidden} />
          </div>
        </details>
      ) : (
        <section>
          <h2 className="mb-2">Objects</h2>
          <Objects rows={rows} hidden={hidden} />
        </section>
      )}
    </div>
  );
}

function Objects({ rows, hidden }: { rows: readonly DeletedRow[]; hidden: number }) {
  return (
    <>
      <DeletedRows rows={rows} />
      {hidden > 0 && <p className="mt-2 text-muted">And {hidden.toLocaleString('en')} more.</p>}
    </>
  );
}

function Counts({ counts }: { counts: Deletion['counts'] }) {
  return (
    <ul className="list-disc pl-5 tabular-nums">
      {counts.map(({ name, count }) => (
        <li key={name}>
          {count.toLocaleString('en')} {name}
        </li>
      ))}
    </ul>
  );
}

function DeletedRows({ rows }: { rows: readonly DeletedRow[] }) {
  return (
    <ul className="list-disc space-y-1 pl-5">
      {rows.map(({ key, kind, text, href, related }) => (
        <li key={key}>
          {capfirst(kind)}:{' '}
          {href ? (
            <TextLink href={href} prefetch={false}>
              <bdi>{text}</bdi>
            </TextLink>
          ) : (
            <bdi>{text}</bdi>
          )}
          {related.length > 0 && <DeletedRows rows={related} />}
        </li>
      ))}
    </ul>
  );
}
