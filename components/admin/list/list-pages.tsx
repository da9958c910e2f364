import Link from 'next/link';
import { TextLink } from '@/components/text-link';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import { elidedPageRange } from '@/lib/contrib/admin/list/paginator';

type Props = {
  list: ChangeList;
  hrefOf: (changes: Record<string, string | null>) => string;
};

const box = 'inline-flex h-8 min-w-8 items-center justify-center rounded-field px-2 tabular-nums';

/** The pages of the list by number, from 1 as in the address. */
export function ListPages({ list, hrefOf }: Props) {
  const { page, pageCount, hasNext, canShowAll, showsAll, count } = list;
  if (showsAll) {
    return (
      <p className="mt-4">
        <TextLink href={hrefOf({ all: null })} prefetch={false}>
          Show in pages
        </TextLink>
      </p>
    );
  }
  if (pageCount === 1) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center gap-1">
      {page > 1 && (
        <Link
          href={hrefOf({ p: String(page - 1) })}
          prefetch={false}
          rel="prev"
          className={`${box} hover:bg-sunken`}
        >
          Previous
        </Link>
      )}
      {elidedPageRange(page, Math.max(page, pageCount)).map((number, index, all) =>
        number === null ? (
          <span key={`after ${all[index - 1]}`} className="px-1 text-muted">
            …
          </span>
        ) : (
          <Link
            key={number}
            href={hrefOf({ p: String(number) })}
            prefetch={false}
            aria-label={`Page ${number}`}
            aria-current={number === page ? 'page' : undefined}
            className={`${box} hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold`}
          >
            {number}
          </Link>
        ),
      )}
      {hasNext && (
        <Link
          href={hrefOf({ p: String(page + 1) })}
          prefetch={false}
          rel="next"
          className={`${box} hover:bg-sunken`}
        >
          Next
        </Link>
      )}
      {canShowAll && (
        <TextLink href={hrefOf({ all: '' })} prefetch={false} className="ml-3">
          Show all {count.value.toLocaleString('en')}
        </TextLink>
      )}
    </nav>
  );
}
