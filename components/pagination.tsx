import Link from 'next/link';
import type { ReactNode } from 'react';
import { TextLink } from '@/components/text-link';

type Props = {
  /** From 1. */
  page: number;
  hasNext: boolean;
  hrefOf: (page: number) => string;
  /** What stands between the two links: where one is, or each page by its number. */
  children: ReactNode;
  prefetch?: false;
  /** Links in boxes, beside which numbers stand; without it they are words in the text. */
  isBoxed?: boolean;
  /** What stands behind them all. */
  end?: ReactNode;
};

const ROWS = {
  boxed: 'mt-4 flex flex-wrap items-center gap-1',
  plain: 'mt-6 flex items-center gap-5',
};

/** The way to the pages before and after; nothing where there is one page only. */
export function Pagination({
  page,
  hasNext,
  hrefOf,
  children,
  prefetch,
  isBoxed = false,
  end,
}: Props) {
  if (page === 1 && !hasNext) return null;
  const link = { prefetch, isBoxed };
  return (
    <nav aria-label="Pages" className={isBoxed ? ROWS.boxed : ROWS.plain}>
      {page > 1 && (
        <PageLink {...link} href={hrefOf(page - 1)} rel="prev">
          Previous
        </PageLink>
      )}
      {children}
      {hasNext && (
        <PageLink {...link} href={hrefOf(page + 1)} rel="next">
          Next
        </PageLink>
      )}
      {end}
    </nav>
  );
}

/** Where one is in a list; how many pages there are, where they were counted. */
export function PageNumber({ page, pageCount }: { page: number; pageCount?: number }) {
  return (
    <span className="text-muted tabular-nums">
      Page {page}
      {pageCount !== undefined && ` of ${pageCount}`}
    </span>
  );
}

type PageLinkProps = {
  href: string;
  rel: 'prev' | 'next';
  prefetch: false | undefined;
  isBoxed: boolean;
  children: string;
};

/** The look of a page's link that stands in a box. */
export const pageBox =
  'inline-flex h-8 min-w-8 items-center justify-center rounded-field px-2 tabular-nums hover:bg-sunken';

function PageLink({ isBoxed, ...link }: PageLinkProps) {
  return isBoxed ? <Link {...link} className={pageBox} /> : <TextLink {...link} />;
}
