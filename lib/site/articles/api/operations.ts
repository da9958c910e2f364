import { z } from 'zod';
import { defineOperation } from '@/lib/http/api/operation';
import { BODY_MAX_LENGTH } from '@/lib/site/articles/apps';
import { bodyField, TITLE_MAX_LENGTH, titleField } from '@/lib/site/articles/forms';

const moment = z.iso.datetime();

/** An article as programs see it. */
export const ArticleAnswer = z.object({
  id: z.int(),
  title: z.string(),
  body: z.string(),
  is_published: z.boolean(),
  /** The author's username; null when the account is deleted. */
  author: z.string().nullable(),
  created: moment,
  modified: moment,
});

const params = z.object({ id: z.string().regex(/^[1-9]\d{0,9}$/) });

// A form's field may be missing; text in JSON is there, or it is no text.
const typed = (text: string): string | undefined => text;
const title = z
  .string('Give the article a title.')
  .meta({ minLength: 1, maxLength: TITLE_MAX_LENGTH })
  .transform(typed)
  .pipe(titleField);
const body = z
  .string('Write something.')
  .meta({ minLength: 1, maxLength: BODY_MAX_LENGTH })
  .transform(typed)
  .pipe(bodyField);

const count = (most: number, unless: number) =>
  z.coerce.number().int().min(1).max(most).default(unless);

/** The articles that one may see, last changed first. */
export const listOperation = defineOperation({
  id: 'listArticles',
  method: 'GET',
  path: '/api/articles/',
  summary: 'The articles that one may see, last changed first',
  permission: 'articles.view_article',
  params: null,
  query: z.object({
    status: z.enum(['all', 'published', 'draft']).default('all'),
    author: z.string().max(254).optional(),
    p: count(1_000_000, 1),
    per_page: count(100, 20),
  }),
  body: null,
  status: 200,
  answer: z.object({
    count: z.int(),
    page: z.int(),
    pages: z.int(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(ArticleAnswer),
  }),
});

/** A new draft of whoever asks. */
export const createOperation = defineOperation({
  id: 'createArticle',
  method: 'POST',
  path: '/api/articles/',
  summary: 'Write an article: a draft',
  permission: 'articles.add_article',
  params: null,
  query: null,
  body: z.strictObject({ title, body }),
  status: 201,
  answer: ArticleAnswer,
});

/** One article. */
export const readOperation = defineOperation({
  id: 'readArticle',
  method: 'GET',
  path: '/api/articles/{id}/',
  summary: 'One article',
  permission: 'articles.view_article',
  params,
  query: null,
  body: null,
  status: 200,
  answer: ArticleAnswer,
});

/** Other words for an article, of which what is left out stays. */
export const changeOperation = defineOperation({
  id: 'changeArticle',
  method: 'PATCH',
  path: '/api/articles/{id}/',
  summary: 'Change the words of an article; what is left out stays',
  permission: 'articles.change_article',
  isOnObject: true,
  params,
  query: null,
  body: z.strictObject({ title: title.optional(), body: body.optional() }),
  status: 200,
  answer: ArticleAnswer,
});

/** An article for good. */
export const deleteOperation = defineOperation({
  id: 'deleteArticle',
  method: 'DELETE',
  path: '/api/articles/{id}/',
  summary: 'Delete an article',
  permission: 'articles.delete_article',
  params,
  query: null,
  body: null,
  status: 204,
  answer: null,
});

/** A draft for everybody. */
export const publishOperation = defineOperation({
  id: 'publishArticle',
  method: 'POST',
  path: '/api/articles/{id}/publish/',
  summary: 'Publish an article',
  permission: 'articles.publish_article',
  params,
  query: null,
  body: null,
  status: 200,
  answer: ArticleAnswer,
});

/** A published article as a draft again. */
export const unpublishOperation = defineOperation({
  id: 'unpublishArticle',
  method: 'DELETE',
  path: '/api/articles/{id}/publish/',
  summary: 'Take an article back: a draft again',
  permission: 'articles.publish_article',
  params,
  query: null,
  body: null,
  status: 200,
  answer: ArticleAnswer,
});

/** What the addresses of articles do. */
export const operations = [
  listOperation,
  createOperation,
  readOperation,
  changeOperation,
  deleteOperation,
  publishOperation,
  unpublishOperation,
];
