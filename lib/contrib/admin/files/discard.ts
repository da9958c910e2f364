import { modelMeta } from '@/lib/contrib/admin/meta';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';
import { reportError } from '@/lib/core/log/error-report';
import { chunksOf } from '@/lib/db/chunks';
import { afterCommit, type DbClient, db, Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { RowId } from '@/lib/forms/row-id';
import { fileFieldsOf, modelsWithFiles } from './file-fields';

const underWay = new Set<Promise<void>>();

/**
 * Delete files that no row names any more; those that one does stay. What fails is reported and harms
 * nobody: `manage clearunusedfiles` finds what is left. Call it outside a transaction.
 * Django: no counterpart; django-cleanup
 */
export async function discardFiles(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  try {
    const used = await namesUsed(names);
    const storage = await defaultStorage();
    for (const name of names) if (!used.has(name)) await storage.delete(name);
  } catch (error) {
    reportError(error, { what: 'Files that nothing names any more could not be deleted.' });
  }
}

/** The same once a transaction is committed, and never if it is rolled back. */
export function discardLater(client: DbClient, names: readonly string[]): void {
  if (names.length === 0) return;
  afterCommit(client, () => {
    const work = discardFiles(names);
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  });
}

/** Wait for what `discardLater` has begun. */
export async function filesDiscarded(): Promise<void> {
  await Promise.all(underWay);
}

/**
 * Note the files of rows that are about to go, to be deleted with them: those with one of these ids in a
 * column. For the signal that is sent before rows are deleted.
 */
export async function discardFilesOf({
  tx,
  prismaName,
  column,
  ids,
}: {
  tx: TransactionClient;
  prismaName: string;
  column: string;
  ids: readonly RowId[];
}): Promise<void> {
  const model = modelsWithFiles().find((each) => each.prismaName === prismaName);
  for (const field of model ? fileFieldsOf(model) : []) {
    for (const chunk of chunksOf(ids)) {
      const rows = await tx.$queryRaw<{ name: string | null }[]>`
        SELECT ${identifier(field.column)} AS name FROM ${identifier(model?.table ?? '')}
        WHERE ${identifier(column)} IN (${Prisma.join(chunk)})`;
      discardLater(
        tx,
        rows.flatMap(({ name }) => name || []),
      );
    }
  }
}

/** Those of these names that a row of any model holds. */
export async function namesUsed(names: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>();
  for (const { key } of modelsWithFiles()) {
    const { table, ...meta } = modelMeta(key);
    for (const { column } of fileFieldsOf(meta)) {
      for (const chunk of chunksOf(names)) {
        const rows = await db.$queryRaw<{ name: string }[]>`
          SELECT DISTINCT ${identifier(column)} AS name FROM ${identifier(table)}
          WHERE ${identifier(column)} IN (${Prisma.join(chunk)})`;
        for (const { name } of rows) used.add(name);
      }
    }
  }
  return used;
}
