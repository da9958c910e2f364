import { db } from '@/lib/db/client';

/** The articles that a person wrote. */
export async function exportArticles({ id: authorId }: { id: number }) {
  const articles = await db.article.findMany({
    where: { authorId },
    select: {
      title: true,
      body: true,
      cover: true,
      isPublished: true,
      created: true,
      modified: true,
    },
    orderBy: { id: 'asc' },
  });
  return { articles };
}
