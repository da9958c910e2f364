import { currentFile } from '@/lib/contrib/admin/files/file-fields';
import { getField, modelMeta } from '@/lib/contrib/admin/meta';
import type { Article } from './models';

/** Where the picture of an article may be had; null without one. Django: article.cover.url */
export function coverUrl(article: Article): string | null {
  const field = getField(modelMeta('articles.article'), 'cover');
  return currentFile(article, field)?.url ?? null;
}
