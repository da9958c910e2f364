import { TextLink } from '@/components/text-link';
import type { ArticlePage, ArticleStatus } from '@/lib/site/articles/models';

type Props = { list: ArticlePage; status: ArticleStatus; canAdd: boolean };

/** An empty list says which emptiness it is. */
export function NoArticles(props: Props) {
  return (
    <div className="border-y border-line py-10 text-muted">
      <p>
        <Reason {...props} />
      </p>
    </div>
  );
}

function Reason({ list: { counts, hasHidden }, status, canAdd }: Props) {
  if (counts.all > 0) {
    return (
      <>
        No article that you may see is {status === 'draft' ? 'a draft' : 'published'}.{' '}
        <TextLink href="/dashboard/articles/">Show all {counts.all}</TextLink>
      </>
    );
  }
  if (hasHidden) {
    return 'Nothing is published yet. There are drafts, but only their authors and people who may change or publish articles see them.';
  }
  return canAdd
    ? 'No article has been written yet. Yours would be the first.'
    : 'No article has been written yet.';
}
