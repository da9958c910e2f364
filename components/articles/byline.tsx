import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import type { Article } from '@/lib/site/articles/models';

/** Whether it is a draft, who wrote it, when it last changed. */
export function Byline({ article: { isPublished, author, modified } }: { article: Article }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm text-muted">
      <span className={isPublished ? '' : 'rounded-sm px-1.5 text-ink ring-1 ring-edge'}>
        {isPublished ? 'Published' : 'Draft'}
      </span>
      {author ? <Name text={author.username} /> : <span>Author deleted</span>}
      <span>
        Changed <DateTime value={modified} />
      </span>
    </p>
  );
}
