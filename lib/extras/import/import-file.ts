import type { AdminRequest, ModelAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { Confirmation, Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { someOf } from '@/lib/core/text';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isForeignKeyViolation, violatedCheck } from '@/lib/db/errors';
import { trySecondTime } from '@/lib/db/unique';
import { columnsOf } from './columns';
import { type Imported, importRows, MOVED, type Written } from './import-rows';
import { requireImport } from './may-import';
import { UnreadableFile } from './parse-csv';
import { type Preview, replaceReport, takePreview } from './previews';
import type { CsvFile } from './read-file';
import { readRows } from './read-rows';
import { countOutcomes, type Report } from './report';

/** What came of a file that was confirmed. Nothing was written unless it is imported. */
export type Confirmed =
  | { kind: 'imported'; report: Report; written: Written; review: RightsReview | null }
  /** Rows move rights that somebody feels, which is to be read first. */
  | ({ kind: 'unread'; isGrant: boolean } & Unconfirmed)
  /** Not as it was looked at: the preview says what has moved. */
  | { kind: 'moved' }
  | { kind: 'stale sign-in' }
  /** Somebody confirmed it already, or took it back. */
  | { kind: 'gone' };

// Ends the transaction: what was written in it counts for nothing.
class RolledBack extends Error {
  constructor(readonly imported: Imported | 'gone') {
    super('Rolled back.');
  }
}

/**
 * What would become of the rows of a file: they are written as they would be when it is confirmed, and
 * everything is rolled back. Throws UnreadableFile for columns that cannot be imported, PermissionDenied
 * as `requireImport`. Call it outside a transaction.
 * django-import-export: Resource.import_data(dry_run=True)
 */
export async function previewFile(
  admin: ModelAdmin,
  request: AdminRequest,
  file: CsvFile,
): Promise<Report> {
  const { left, ...read } = await asksFor(admin, request, file);
  const asked = { ...read, isFresh: true, digests: null };
  const imported = await inTransaction(async (tx) => {
    throw new RolledBack(await importRows(tx, admin, asked));
  });
  if (imported === 'gone' || imported.kind !== 'done') throw new Error('A look asks for nothing.');
  return { rows: imported.rows, notes: notesOf(imported.written), left };
}

type Confirming = {
  preview: Preview;
  isFresh: boolean;
  /** What is said of the review of rights that the rows move; without it none is asked for. */
  confirmation?: Confirmation;
};

/**
 * Write a file that was looked at, all of it in one transaction, with the entries in the history and
 * one in the security log; nothing where a row, or what becomes of it, is not what the preview says.
 * Throws as `previewFile`. Call it outside a transaction; what follows, `written` is for.
 * django-import-export: ImportMixin.process_import
 */
export async function confirmFile(
  admin: ModelAdmin,
  request: AdminRequest,
  { preview, isFresh, confirmation }: Confirming,
): Promise<Confirmed> {
  const { id, file, report } = preview;
  const digests = report.rows.map(({ digest }) => digest);
  const { left, ...read } = await asksFor(admin, request, file);
  const asked = { ...read, isFresh, digests, confirmation };
  const imported = await inTransaction(async (tx) => {
    // Of two who confirm at once the second finds none.
    if (!(await takePreview(id, tx))) throw new RolledBack('gone');
    const done = await importRows(tx, admin, asked);
    if (done.kind !== 'done' || !isAsShown(report, done.rows)) throw new RolledBack(done);
    const detail = { import: admin.meta.key, file: file.name, ...countOutcomes(done) };
    const actor = actorOf(request);
    await logSecurityEvent({ name: 'authz_admin', actor, request, detail, tx });
    return done;
  });
  if (imported === 'gone') return { kind: 'gone' };
  if (imported.kind !== 'done') return imported;
  const { rows, written, review } = imported;
  if (isAsShown(report, rows)) {
    return { kind: 'imported', report: { rows, notes: notesOf(written), left }, written, review };
  }
  const again = await previewFile(admin, request, file);
  await replaceReport(id, { ...again, notes: [...movedNotes(rows), ...again.notes] });
  return { kind: 'moved' };
}

function notesOf({ outcomes }: Written): string[] {
  return outcomes.map(({ text }) => text);
}

function movedNotes(rows: Report['rows']): string[] {
  const lines = rows.filter(({ errors }) => errors.some(({ text }) => text === MOVED));
  if (lines.length === 0) return [];
  const shown = someOf(lines.map(({ line }) => String(line)));
  return [`Somebody changed what these lines name after you looked at the file: ${shown}.`];
}

function isAsShown({ rows }: Report, now: Report['rows']): boolean {
  return now.every(({ outcome }, at) => outcome !== 'refused' && outcome === rows[at]?.outcome);
}

async function asksFor(admin: ModelAdmin, request: AdminRequest, file: CsvFile) {
  const { user } = request;
  const may = await requireImport(user, admin);
  const columns = columnsOf(admin, file.header);
  const rows = await readRows(admin, { user, columns, rows: file.rows, may });
  return { request, rows, left: columns.left };
}

async function inTransaction(
  work: (tx: TransactionClient) => Promise<Imported>,
): Promise<Imported | 'gone'> {
  const run = () =>
    transaction(work).catch((error: unknown) => {
      if (error instanceof RolledBack) return error.imported;
      throw error;
    });
  try {
    return await trySecondTime(run);
  } catch (error) {
    if (isOutOfTime(error)) {
      throw new UnreadableFile('The file takes too long to write at once: divide it.');
    }
    if (isForeignKeyViolation(error)) {
      throw new UnreadableFile('The database refuses these rows because of others that name them.');
    }
    const check = violatedCheck(error);
    if (check !== null) {
      throw new UnreadableFile(`The database refuses these rows by its rule ${check}.`);
    }
    throw error;
  }
}

// Prisma's own word for a transaction that took longer than it may.
function isOutOfTime(error: unknown): boolean {
  return (
    error instanceof Error &&
    Reflect.get(error, 'code') === 'P2028' &&
    /expired transaction|already closed/.test(error.message)
  );
}
