import { defineConfig } from '@/lib/apps/define-config';
import { articleAdmin } from './admin';
import { ArticleAuthorBackend } from './backends';

/** What the example application brings: its screens, a backend of its own, what `seed` makes. */
export const articlesConfig = defineConfig('articles', {
  admins: [articleAdmin],
  backends: [new ArticleAuthorBackend()],
  demos: [async () => (await import('./demo')).demo],
});
