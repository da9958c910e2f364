import { TextLink } from '@/components/text-link';

type Props = { page: number; pageCount: number; hrefOf: (page: number) => string };

export function Pagination({ page, pageCount, hrefOf }: Props) {
  if (pageCount === 1) return null;
  return (
    <nav aria-label="Pages" className="mt-6 flex items-center gap-5">
      {page > 1 && (
        <TextLink href={hrefOf(page - 1)} rel="prev">
          Previous
        </TextLink>
      )}
      <span className="text-muted tabular-nums">
        Page {page} of {pageCount}
      </span>
      {page < pageCount && (
        <TextLink href={hrefOf(page + 1)} rel="next">
          Next
        </TextLink>
      )}
    </nav>
  );
}
