import type { Offboarding } from '@/lib/contrib/auth/account/offboarding';
import { db } from '@/lib/db/client';

/** What somebody wrote stays under their name, and may want another author. */
export const articlesOfLeaver: Offboarding = {
  async owns(authorId, viewer) {
    if (!(await viewer.hasPerm('articles.view_article'))) return [];
    const count = await db.article.count({ where: { authorId } });
    const href = `/admin/articles/article/?author__id__exact=${authorId}`;
    return [{ one: 'article', many: 'articles', count, href }];
  },
};
