import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { screens } from '@/tests/support/admin/staff';

/** The screens of articles, with other options. */
export function articlesWith(options: Partial<ModelAdmin['options']>): ModelAdmin {
  const own = screens('articles.article');
  return { ...own, meta: own.meta, options: { ...own.options, ...options } };
}

/** An article of somebody's. Returns its id. */
export async function makeArticle(author: User, title: string, body = 'Text'): Promise<number> {
  const now = new Date('2026-11-28T10:00:00Z');
  const data = {
    title,
    body,
    isPublished: false,
    created: now,
    modified: now,
    authorId: author.id,
  };
  return (await db.article.create({ data })).id;
}

/** The titles of all articles, the oldest first. */
export async function titles(): Promise<string[]> {
  const rows = await db.article.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ title }) => title);
}
