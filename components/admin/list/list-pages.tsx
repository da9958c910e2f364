import Link from 'next/link';
import { Pagination, pageBox } from '@/components/pagination';
import { TextLink } from '@/components/text-link';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import { elidedPageRange } from '@/lib/contrib/admin/list/paginator';

type Props = {
  list: ChangeList;
  hrefOf: (changes: Record<string, string | null>) => string;
};

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
  const pageHref = (number: number) => hrefOf({ p: String(number) });
  const last = canShowAll && (
    <TextLink href={hrefOf({ all: '' })} prefetch={false} className="ml-3">
      Show all {count.value.toLocaleString('en')}
    </TextLink>
  );
  return (
    <Pagination page={page} hasNext={hasNext} hrefOf={pageHref} prefetch={false} isBoxed end={last}>
      {elidedPageRange(page, Math.max(page, pageCount)).map((number, index, all) =>
        number === null ? (
          <span key={`after ${all[index - 1]}`} className="px-1 text-muted">
            …
          </span>
        ) : (
          <Link
            key={number}
            href={pageHref(number)}
            prefetch={false}
            aria-label={`Page ${number}`}
            aria-current={number === page ? 'page' : undefined}
            className={`${pageBox} aria-[current]:bg-sunken aria-[current]:font-semibold`}
          >
            {number}
          </Link>
        ),
      )}
    </Pagination>
  );
}
