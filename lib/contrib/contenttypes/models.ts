import { afterCommit, type DbClient, db } from '@/lib/db/client';

/** One row of the register: `model` is the lower-case model name. */
export type ContentType = { id: number; appLabel: string; model: string };

const cache = new Map<string, ContentType>();

/**
 * The content type of a model, by its natural key; null if no migration has made it. Rows that
 * exist are cached per process, those read in a transaction once it is committed.
 * Django: contrib/contenttypes/models.py ContentTypeManager.get_by_natural_key
 */
export async function getContentType(
  appLabel: string,
  model: string,
  client: DbClient = db,
): Promise<ContentType | null> {
  const key = `${appLabel}.${model}`;
  const known = cache.get(key);
  if (known) return known;
  const row = await client.contentType.findUnique({
    where: { appLabel_model: { appLabel, model } },
  });
  if (row) afterCommit(client, () => cache.set(key, row));
  return row;
}

/**
 * Forget the cached rows: after a migration, and in tests that change databases.
 * Django: ContentTypeManager.clear_cache
 */
export function clearContentTypeCache(): void {
  cache.clear();
}
