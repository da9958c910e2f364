import { namesUsed } from '@/lib/contrib/admin/files/discard';
import { fileFieldsOf, modelsWithFiles } from '@/lib/contrib/admin/files/file-fields';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';

const CHUNK = 500;

/** What became of the files of a storage: those that nothing names, by name, and how many bytes they have. */
export type Unused = { names: string[]; bytes: number };

/**
 * Delete the files that no row names, of those in the folders of declared fields that are older than
 * `olderThan`: what a crash left, or whoever deleted rows past the application. Younger ones may belong to
 * a form that is being saved. With `isDryRun` they are only told.
 * django-unused-media: cleanup_unused_media
 */
export async function clearUnusedFiles({
  olderThan,
  isDryRun,
}: {
  olderThan: Date;
  isDryRun: boolean;
}): Promise<Unused> {
  const storage = await defaultStorage();
  const folders = foldersOfFields();
  const found: Unused = { names: [], bytes: 0 };
  let batch: { name: string; size: number }[] = [];
  const judge = async () => {
    const used = await namesUsed(batch.map(({ name }) => name));
    for (const { name, size } of batch) {
      if (used.has(name)) continue;
      if (!isDryRun) await storage.delete(name);
      found.names.push(name);
      found.bytes += size;
    }
    batch = [];
  };
  for await (const { name, size, modified } of storage.list()) {
    if (modified >= olderThan || !folders.some((folder) => name.startsWith(folder))) continue;
    batch.push({ name, size });
    if (batch.length === CHUNK) await judge();
  }
  await judge();
  return found;
}

function foldersOfFields(): string[] {
  return modelsWithFiles()
    .flatMap(fileFieldsOf)
    .map(({ file: { uploadTo } }) => {
      const [fixed = ''] = uploadTo.split('%');
      if (fixed !== uploadTo) return fixed.replace(/[^/]*$/, '');
      return uploadTo === '' ? '' : uploadTo.replace(/\/*$/, '/');
    });
}
