import { TextLink } from '@/components/text-link';
import type { HolderPage } from '@/lib/extras/why/holder-list';

type Props = { list: HolderPage; hrefOf: (page: number) => string };

/** The way to the pages before and after; how many there are, a long list does not count. */
export function HolderPages({ list: { page, hasNext }, hrefOf }: Props) {
  if (page === 1 && !hasNext) return null;
  return (
    <nav aria-label="Pages" className="mt-6 flex items-center gap-5">
      {page > 1 && (
        <TextLink href={hrefOf(page - 1)} rel="prev" prefetch={false}>
          Previous
        </TextLink>
      )}
      <span className="text-muted tabular-nums">Page {page}</span>
      {hasNext && (
        <TextLink href={hrefOf(page + 1)} rel="next" prefetch={false}>
          Next
        </TextLink>
      )}
    </nav>
  );
}
