import { discardFiles } from '@/lib/contrib/admin/files/discard';
import type { User } from '@/lib/contrib/auth/models';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { hasNul, parseId } from '@/lib/forms/fields';

/** One article with its author's username; null when the author's account is deleted. */
export type Article = {
  id: number;
  title: string;
  body: string;
  isPublished: boolean;
  /** The name of its picture. */
  cover: string | null;
  created: Date;
  modified: Date;
  authorId: number | null;
  author: { username: string } | null;
};

/** What a person writes of an article; the rest is the application's. */
export type ArticleDraft = { title: string; body: string; cover?: string | null };

/** Which articles a list shows. */
export type ArticleStatus = 'all' | 'published' | 'draft';

/** The status that a list's address names; anything else is all of them. */
export function parseStatus(text: unknown): ArticleStatus {
  return text === 'published' || text === 'draft' ? text : 'all';
}

/** One page of a list, with what an empty one needs to say why it is empty. */
export type ArticlePage = {
  articles: Article[];
  /** Articles on all pages of this list. */
  count: number;
  /** Articles of each status that the person may see. */
  counts: Record<ArticleStatus, number>;
  /** Whether there are drafts that the person may not see. */
  hasHidden: boolean;
  page: number;
  pageCount: number;
};

// Articles on one page of a list.
const ARTICLES_PER_PAGE = 20;

const CHANGE = 'articles.change_article';

/** Which of the articles are wanted: `page` counts from 1, `author` is a username. */
type ArticleQuery = {
  status: ArticleStatus;
  page: number;
  perPage?: number;
  author?: string | undefined;
};

/**
 * The articles that the user may see, last changed first: every published one, their own, and with
 * the right to change or publish articles all drafts. `page` is brought into range; an author who
 * does not exist has written nothing.
 */
export async function listArticles(
  user: User,
  { status, page, perPage = ARTICLES_PER_PAGE, author }: ArticleQuery,
): Promise<ArticlePage> {
  const visible = { AND: [await visibleTo(user), await writtenBy(author)] };
  const [all, published, existing] = await Promise.all([
    db.article.count({ where: visible }),
    db.article.count({ where: { AND: [visible, { isPublished: true }] } }),
    db.article.count(),
  ]);
  const counts = { all, published, draft: all - published };
  const pageCount = Math.max(1, Math.ceil(counts[status] / perPage));
  const current = Math.min(Math.max(1, page), pageCount);
  const articles = await db.article.findMany({
    where: status === 'all' ? visible : { AND: [visible, { isPublished: status === 'published' }] },
    orderBy: [{ modified: 'desc' }, { id: 'desc' }],
    skip: (current - 1) * perPage,
    take: perPage,
  });
  return {
    articles: await withAuthors(articles),
    count: counts[status],
    counts,
    hasHidden: existing > all,
    page: current,
    pageCount,
  };
}

/**
 * One article by the id in an address or form. Throws Http404 for an id that is none, an article
 * that does not exist, and a draft that the user may not see: the three look alike.
 */
export async function getArticleOr404(user: User, id: unknown): Promise<Article> {
  const article = await findArticle(user, id);
  if (!article) throw new Http404();
  return article;
}

/**
 * Whether the user may change this article: because they may change all, or because a backend
 * grants it on this one.
 */
export async function mayChange(user: User, article: Article): Promise<boolean> {
  return (await user.hasPerm(CHANGE)) || user.hasPerm(CHANGE, article);
}

/**
 * One article for its change form. Throws PermissionDenied when the user may change neither all
 * articles nor this one, whether it exists or not; for who may change all, as getArticleOr404.
 */
export async function getChangeableArticle(user: User, id: unknown): Promise<Article> {
  if (await user.hasPerm(CHANGE)) return getArticleOr404(user, id);
  const article = await findArticle(user, id);
  if (article && (await user.hasPerm(CHANGE, article))) return article;
  throw new PermissionDenied('', [CHANGE]);
}

/** Save a new draft of the user's. Returns it with its id. */
export async function createArticle(user: User, draft: ArticleDraft): Promise<Article> {
  const now = new Date();
  const article = await db.article.create({
    data: { ...draft, authorId: user.id, isPublished: false, created: now, modified: now },
  });
  return { ...article, author: { username: user.username } };
}

/** Change the words of an article that the user may see. Throws as getArticleOr404. */
export async function changeArticle(
  user: User,
  id: unknown,
  draft: ArticleDraft,
): Promise<Article> {
  return updateArticle(user, id, { ...draft, modified: new Date() });
}

/** Publish an article that the user may see, or take it back. Throws as getArticleOr404. */
export async function publishArticle(
  user: User,
  id: unknown,
  isPublished: boolean,
): Promise<Article> {
  return updateArticle(user, id, { isPublished });
}

/** Delete an article that the user may see. Throws as getArticleOr404. */
export async function deleteArticle(user: User, id: unknown): Promise<void> {
  const article = await getArticleOr404(user, id);
  const { count } = await db.article.deleteMany({ where: { id: article.id } });
  if (count === 0) throw new Http404();
  if (article.cover) await discardFiles([article.cover]);
}

type Change = Partial<Pick<Article, 'title' | 'body' | 'cover' | 'isPublished' | 'modified'>>;

async function updateArticle(user: User, id: unknown, change: Change): Promise<Article> {
  const article = await getArticleOr404(user, id);
  const { count } = await db.article.updateMany({ where: { id: article.id }, data: change });
  if (count === 0) throw new Http404();
  return { ...article, ...change };
}

/** The same, or null. */
export async function findArticle(user: User, id: unknown): Promise<Article | null> {
  const number = typeof id === 'string' ? parseId(id) : null;
  if (number === null) return null;
  const row = await db.article.findFirst({
    where: { AND: [{ id: number }, await visibleTo(user)] },
  });
  const [article = null] = row ? await withAuthors([row]) : [];
  return article;
}

// By their ids: the author is a user of the model that the settings name.
async function withAuthors(rows: readonly Omit<Article, 'author'>[]): Promise<Article[]> {
  const names = await userNames(rows.map(({ authorId }) => authorId));
  return rows.map((row) => {
    const author = row.authorId === null ? undefined : names.get(row.authorId);
    return { ...row, author: author ? { username: author.username } : null };
  });
}

async function writtenBy(author: string | undefined) {
  if (author === undefined) return {};
  const user = hasNul(author) ? null : await findUserByName(author);
  return { authorId: user?.id ?? 0 };
}

async function visibleTo(user: User) {
  const seesDrafts =
    (await user.hasPerm(CHANGE)) || (await user.hasPerm('articles.publish_article'));
  return seesDrafts ? {} : { OR: [{ isPublished: true }, { authorId: user.id }] };
}
