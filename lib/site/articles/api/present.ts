import type { z } from 'zod';
import type { Article, ArticlePage } from '@/lib/site/articles/models';
import type { ArticleAnswer, listOperation } from './operations';

/** An article as programs see it. */
export function presentArticle(article: Article): z.input<typeof ArticleAnswer> {
  const { id, title, body, isPublished, author, created, modified } = article;
  return {
    id,
    title,
    body,
    is_published: isPublished,
    author: author?.username ?? null,
    created: created.toISOString(),
    modified: modified.toISOString(),
  };
}

type Query = z.output<typeof listOperation.query>;

/** A page of articles, with the addresses of the pages beside it. */
export function presentPage(list: ArticlePage, query: Query): z.input<typeof listOperation.answer> {
  const { page, pageCount, count, articles } = list;
  const hrefOf = (p: number) => {
    const { status, author, per_page } = query;
    const next = {
      status,
      ...(author !== undefined && { author }),
      p: `${p}`,
      per_page: `${per_page}`,
    };
    return `/api/articles/?${new URLSearchParams(next)}`;
  };
  return {
    count,
    page,
    pages: pageCount,
    next: page < pageCount ? hrefOf(page + 1) : null,
    previous: page > 1 ? hrefOf(page - 1) : null,
    results: articles.map(presentArticle),
  };
}
