import type { AdminRequest, ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { exportCsv } from '@/lib/extras/export/export';
import { confirmFile, previewFile } from '@/lib/extras/import/import-file';
import { keepPreview, previewOr404 } from '@/lib/extras/import/previews';
import { type CsvFile, readFile } from '@/lib/extras/import/read-file';
import { countOutcomes, type Report } from '@/lib/extras/import/report';
import { requestOf } from '@/tests/support/admin/staff';

/** A file as somebody sends it. */
export function csvFile(text: string, name = 'rows.csv'): File {
  return new File([text], name, { type: 'text/csv' });
}

function read(text: string): Promise<CsvFile> {
  return readFile(csvFile(text));
}

/** The file that the list of a model exports. */
export async function exported(admin: ModelAdmin, user: User, query = ''): Promise<string> {
  let text = '';
  for await (const part of await exportCsv(admin, user, new URLSearchParams(query))) text += part;
  return text;
}

/** What a file would do, and a number by which it can be confirmed. */
export async function look(admin: ModelAdmin, user: User, text: string) {
  const file = await read(text);
  const report = await previewFile(admin, requestOf(user), file);
  const id = await keepPreview(user, admin, { file, report });
  return { id, report, counts: countOutcomes(report) };
}

/** Confirm what was looked at. */
export async function confirm(
  admin: ModelAdmin,
  request: AdminRequest,
  id: number,
  isFresh = true,
) {
  const preview = await previewOr404(request.user, admin, String(id));
  return confirmFile(admin, request, { preview, isFresh });
}

/** Each line of a preview in a few words: what becomes of it, and why not. */
export function told({ rows }: Report): string[] {
  return rows.map(({ line, outcome, errors }) =>
    [
      `${line} ${outcome}`,
      ...errors.map(({ column, text }) => (column === '' ? text : `${column}: ${text}`)),
    ].join(' | '),
  );
}
