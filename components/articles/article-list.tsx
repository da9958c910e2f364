import Link from 'next/link';
import { Byline } from '@/components/articles/byline';
import { Name } from '@/components/name';
import type { Article } from '@/lib/site/articles/models';

export function ArticleList({ articles }: { articles: Article[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {articles.map((article) => (
        <li key={article.id} className="py-3">
          <Link
            href={`/dashboard/articles/${article.id}/`}
            prefetch={false}
            className="font-semibold underline-offset-4 hover:underline"
          >
            <Name text={article.title} />
          </Link>
          <Byline article={article} />
        </li>
      ))}
    </ul>
  );
}
