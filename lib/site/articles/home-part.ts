import type { HomePart } from '@/lib/contrib/admin/home/home-parts';
import { countTable } from '@/lib/contrib/admin/list/table-count';

/** How many articles there are, in the admin's home. */
export const articlesHome: HomePart = {
  models: ['articles.article'],
  figures: async () => [
    {
      label: 'Articles',
      count: { value: await countTable('articles_article'), isExact: true },
      href: '/admin/articles/article/',
    },
  ],
};
