import { defineConfig } from '@/lib/apps/define-config';
import { articleAdmin } from './admin';
import { operations } from './api/operations';
import { ArticleAuthorBackend } from './backends';
import { findArticle } from './models';
import { exportArticles } from './user-export';

/** What the example application brings: its screens, a backend of its own, addresses for programs, what `seed` makes. */
export const articlesConfig = defineConfig('articles', {
  admins: [articleAdmin],
  backends: [new ArticleAuthorBackend()],
  operations,
  fileViewers: [
    {
      model: 'articles.article',
      mayView: async (user, id) =>
        (await user.hasPerm('articles.view_article')) &&
        (await findArticle(user, String(id))) !== null,
    },
  ],
  userExport: exportArticles,
  demos: [async () => (await import('./demo')).demo],
});
