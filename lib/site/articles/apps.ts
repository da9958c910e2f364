import { defineApp } from '@/lib/apps/define-app';

/**
 * The example application: one model with one permission beside Django's four.
 * Django: any project's own apps.py and models.py
 */
export const articlesApp = defineApp({
  label: 'articles',
  verboseName: 'Articles',
  requires: ['auth'],
  headerLinks: [
    { href: '/dashboard/articles/', label: 'Articles', permission: 'articles.view_article' },
  ],
  models: {
    article: {
      verboseName: 'article',
      permissions: [['publish_article', 'Can publish article']],
    },
  },
});
