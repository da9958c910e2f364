import { defineConfig } from '@/lib/apps/define-config';
import { articleAdmin } from './admin';
import { ArticleAuthorBackend } from './backends';
import { exportArticles } from './user-export';

/** What the example application brings: its screens, a backend of its own, what `seed` makes. */
export const articlesConfig = defineConfig('articles', {
  admins: [articleAdmin],
  backends: [new ArticleAuthorBackend()],
  userExport: exportArticles,
  demos: [async () => (await import('./demo')).demo],
});
