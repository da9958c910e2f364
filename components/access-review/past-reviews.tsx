import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import type { Review } from '@/lib/extras/access-review/reviews';

/** Who confirmed it when, the last time first. */
export function PastReviews({ reviews }: { reviews: readonly Review[] }) {
  if (reviews.length === 0) return <p className="text-muted">Nobody has confirmed it yet.</p>;
  return (
    <ol className="divide-y divide-line border-y border-line">
      {reviews.map(({ id, reviewer, confirmed, note, holders }) => (
        <li key={id} className="py-2">
          <p>
            <Name text={reviewer} className="font-semibold" />, <DateTime value={confirmed} />:{' '}
            <span className="tabular-nums">{holders.toLocaleString('en')}</span>{' '}
            {holders === 1 ? 'person' : 'people'}
          </p>
          {note !== '' && (
            <p className="whitespace-pre-line break-words text-muted">
              <Name text={note} />
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
