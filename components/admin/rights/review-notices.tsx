import { Notice } from '@/components/admin/rights/notice';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';

type Props = {
  review: Pick<RightsReview, 'refusals' | 'flags'>;
  notice: string | undefined;
  /** Whether the rest is done without those that are refused. */
  isPartial?: boolean;
};

/** What stands above a review: what was wrong, what is refused, and what one would do to oneself. */
export function ReviewNotices({ review: { refusals, flags }, notice, isPartial = false }: Props) {
  return (
    <>
      {notice && <Notice level="danger" title={notice} texts={[]} />}
      {isPartial && refusals.length > 0 && (
        <Notice
          level="warning"
          title={
            refusals.length === 1
              ? 'One is left as it is.'
              : `${refusals.length.toLocaleString('en')} are left as they are.`
          }
          texts={[...new Set(refusals.flatMap(({ texts }) => texts))].slice(0, 5)}
        />
      )}
      {!isPartial &&
        refusals.map(({ name, texts }) => (
          <Notice key={name} level="danger" title={`${name} cannot be changed so.`} texts={texts} />
        ))}
      {flags.length > 0 && <Notice level="warning" title="Mind yourself." texts={flags} />}
    </>
  );
}
