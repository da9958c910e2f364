import { defineApp } from '@/lib/apps/define-app';

/**
 * Characters of an article's body that one form can hold: some fifty pages. Twice that, since a form
 * that is shown again carries the text twice, stays under settings.DATA_UPLOAD_MAX_MEMORY_SIZE in
 * every script.
 */
export const BODY_MAX_LENGTH = 100_000;

/** The same, as forms say it beside the field. */
export const BODY_HELP = `At most ${BODY_MAX_LENGTH.toLocaleString('en')} characters.`;

/**
 * The example application: one model with one permission beside Django's four.
 * Django: any project's own apps.py and models.py
 */
export const articlesApp = defineApp({
  label: 'articles',
  verboseName: 'Articles',
  requires: ['auth'],
  apiPaths: ['/api/articles/'],
  headerLinks: [
    { href: '/dashboard/articles/', label: 'Articles', permission: 'articles.view_article' },
  ],
  models: {
    article: {
      verboseName: 'article',
      permissions: [['publish_article', 'Can publish article']],
      fields: {
        body: { helpText: BODY_HELP },
        cover: {
          helpText: 'A picture above the text: PNG, JPEG, GIF or WebP, 500 kB at most.',
          file: { uploadTo: 'articles/', image: true, maxSize: 500_000 },
        },
      },
    },
  },
});
