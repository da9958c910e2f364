import { defineConfig } from '@/lib/apps/define-config';
import { articleAdmin } from './admin';
import { operations } from './api/operations';
import { ArticleAuthorBackend } from './backends';
import { articlesHome } from './home-part';
import { findArticle } from './models';
import { articlesOfLeaver } from './offboarding';
import { exportArticles } from './user-export';

/** What the example application brings: its screens, a backend of its own, addresses for programs, what `seed` makes. */
export const articlesConfig = defineConfig('articles', {
  admins: [articleAdmin],
  adminHome: [articlesHome],
  backends: [new ArticleAuthorBackend()],
  operations,
  offboarding: [articlesOfLeaver],
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
