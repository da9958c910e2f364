import { defineApp } from '@/lib/apps/define-app';

/**
 * The example application: one model with one permission beside Django's four.
 * Django: any project's own apps.py and models.py
 */
export const articlesApp = defineApp({
  label: 'articles',
  verboseName: 'Articles',
  models: {
    article: {
      verboseName: 'article',
      permissions: [['publish_article', 'Can publish article']],
    },
  },
});
