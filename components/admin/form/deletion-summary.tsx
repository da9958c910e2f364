import { TextLink } from '@/components/text-link';
import type { Deletion } from '@/lib/admin/deletion';
import type { DeletedRow } from '@/lib/admin/deletion-list';
import { capfirst } from '@/lib/core/text';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

type Props = { deletion: Deletion; noun: string };

/** What would go, row by row and in numbers, what would stay without it, or why nothing may go. */
export function DeletionSummary({ deletion, noun }: Props) {
  const { rows, count, counts, kept, permsNeeded, refusals } = deletion;
  if (permsNeeded.length > 0) {
    return (
      <p className="rounded-field border border-danger/50 bg-danger-soft px-4 py-3">
        Deleting {count === 1 ? `this ${noun}` : 'these'} would delete related objects, and you may
        not delete {list.format(permsNeeded)}.
      </p>
    );
  }
  return (
    <div className="space-y-6">
      {refusals.map((refusal) => (
        <p key={refusal} className="rounded-field border border-danger/50 bg-danger-soft px-4 py-3">
          {refusal}
        </p>
      ))}
      <div>
        <h2>Summary</h2>
        <ul className="mt-1 tabular-nums">
          {counts.map((each) => (
            <li key={each.name}>{`${each.count.toLocaleString('en')} ${each.name}`}</li>
          ))}
        </ul>
        {kept.length > 0 && (
          <p className="mt-1 text-muted">
            {`${list.format(kept.map((each) => `${each.count.toLocaleString('en')} ${each.name}`))} will stay, without naming it any more.`}
          </p>
        )}
      </div>
      <div>
        <h2>Objects</h2>
        <Rows rows={rows} />
        {rows.length < count && (
          <p className="mt-1 text-muted">{`And ${(count - rows.length).toLocaleString('en')} more.`}</p>
        )}
      </div>
    </div>
  );
}

function Rows({ rows }: { rows: readonly DeletedRow[] }) {
  return (
    <ul className="mt-1 space-y-1 border-l border-line pl-4">
      {rows.map(({ key, kind, text, href, related }) => (
        <li key={key}>
          {`${capfirst(kind)}: `}
          {href ? (
            <TextLink href={href} prefetch={false}>
              <bdi>{text}</bdi>
            </TextLink>
          ) : (
            <bdi>{text}</bdi>
          )}
          {related.length > 0 && <Rows rows={related} />}
        </li>
      ))}
    </ul>
  );
}
