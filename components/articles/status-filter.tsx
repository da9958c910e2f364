import Link from 'next/link';
import type { ArticleStatus } from '@/lib/site/articles/models';

type Props = { current: ArticleStatus; counts: Record<ArticleStatus, number> };

const labels: [ArticleStatus, string][] = [
  ['all', 'All'],
  ['published', 'Published'],
  ['draft', 'Drafts'],
];

/** Drawn only for those who can see drafts at all: for the others the statuses are one. */
export function StatusFilter({ current, counts }: Props) {
  if (counts.draft === 0 && current === 'all') return null;
  return (
    <nav aria-label="Status" className="mb-4 flex flex-wrap gap-x-5">
      {labels.map(([status, label]) => (
        <Link
          key={status}
          href={status === 'all' ? '/dashboard/articles/' : `?status=${status}`}
          prefetch={false}
          aria-current={status === current ? 'page' : undefined}
          className="border-b-2 border-transparent py-1 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
        >
          {label} <span className="tabular-nums">{counts[status]}</span>
        </Link>
      ))}
    </nav>
  );
}
