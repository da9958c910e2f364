import { defineConfig } from '@/lib/apps/define-config';
import { articleAdmin } from './admin';
import { ArticleAuthorBackend } from './backends';

/** What the example application brings to the server: its screens, and a backend of its own. */
export const articlesConfig = defineConfig('articles', {
  admins: [articleAdmin],
  backends: [new ArticleAuthorBackend()],
});
