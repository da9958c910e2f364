import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { Http404 } from '@/lib/core/exceptions';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';
import { UnreadableFile } from './parse-csv';
import type { CsvFile } from './read-file';
import { type Report, reportSchema } from './report';

/** A file that was looked at and waits to be confirmed, with what would become of its rows. */
export type Preview = { id: number; file: CsvFile; report: Report };

const contentSchema = z.object({
  header: z.array(z.string()),
  rows: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
});

/** Keep a file and its preview for settings.IMPORT_PREVIEW_AGE. Returns the number in its address. */
export async function keepPreview(
  user: AdminUser,
  { meta }: ModelAdmin,
  { file, report }: Omit<Preview, 'id'>,
  now = Date.now(),
): Promise<number> {
  const expires = new Date(now + settings.IMPORT_PREVIEW_AGE * 1000);
  const data = { ...ownerOf(user), model: meta.key, fileName: file.name, ...textsOf(file, report) };
  const { id } = await db.importPreview.create({
    data: { ...data, expires },
    select: { id: true },
  });
  return id;
}

/** Put another look at the same file in the place of the former. */
export async function replaceReport(id: number, report: Report): Promise<void> {
  await db.importPreview.updateMany({ where: { id }, data: { report: JSON.stringify(report) } });
}

/**
 * The preview that an address or a form names. Throws Http404 for one that is over, of another model,
 * or of anybody else: of whoever acts as the person, and of the person where somebody acted as them.
 * Throws UnreadableFile for one that another version of this site has kept in another way.
 */
export async function previewOr404(
  user: AdminUser,
  { meta }: ModelAdmin,
  sent: unknown,
): Promise<Preview> {
  const id = typeof sent === 'string' ? parseId(sent) : null;
  if (id === null) throw new Http404();
  const row = await db.importPreview.findFirst({
    where: { id, ...ownerOf(user), model: meta.key, expires: { gt: new Date() } },
  });
  if (!row) throw new Http404();
  const file = { name: row.fileName, ...kept(contentSchema, row.content) };
  return { id, file, report: kept(reportSchema, row.report) };
}

/** Take a preview away; false if it is gone already. With a transaction, once that is committed. */
export async function takePreview(id: number, client: DbClient = db): Promise<boolean> {
  const { count } = await client.importPreview.deleteMany({ where: { id } });
  return count > 0;
}

/** Delete what nobody confirmed in time. */
export async function clearPreviews(now = new Date()): Promise<number> {
  const { count } = await db.importPreview.deleteMany({ where: { expires: { lte: now } } });
  return count;
}

/** What goes with users: the files that they left waiting. */
export async function deletePreviewsOf(
  tx: TransactionClient,
  ids: readonly number[],
): Promise<void> {
  const theirs = { in: [...ids] };
  await tx.importPreview.deleteMany({ where: { OR: [{ userId: theirs }, { actorId: theirs }] } });
}

function kept<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new UnreadableFile(
      'What was kept of this file can no longer be read: this site may have been updated since. Choose the file again.',
    );
  }
}

function ownerOf(user: AdminUser): { userId: number; actorId: number } {
  return { userId: user.id, actorId: (user.impersonator ?? user).id };
}

function textsOf({ header, rows }: CsvFile, report: Report) {
  return { content: JSON.stringify({ header, rows }), report: JSON.stringify(report) };
}
