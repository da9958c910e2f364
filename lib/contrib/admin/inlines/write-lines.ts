import { removeRows } from '@/lib/contrib/admin/deletion/deletion';
import type { ReadFirst } from '@/lib/contrib/admin/form/write/read-first';
import { writeChange } from '@/lib/contrib/admin/form/write/write-change';
import type { ChangeMessage } from '@/lib/contrib/admin/models';
import type { AdminRequest, Change, ModelAdmin } from '@/lib/contrib/admin/options';
import { reprOf } from '@/lib/contrib/admin/rows';
import { capfirst } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import type { JudgedLines } from './judge-lines';

type Call = {
  request: AdminRequest;
  parentId: RowId;
  /** Hears of each line what was written. */
  tell: ((change: Change & { id: RowId }, admin: ModelAdmin) => void) | undefined;
  /** Takes a line for what was read. */
  read: Extract<ReadFirst, { kind: 'read' }>['read'];
};

/**
 * Write what was judged to be right: lines that go, lines that change, lines that are new. Returns what
 * the history of the row says of them, in Django's order, and what the person is told.
 * Django: BaseModelFormSet.save; contrib/admin/utils.py construct_change_message
 */
export async function writeLines(
  tx: TransactionClient,
  { lines, doomed, judged }: JudgedLines,
  { request, parentId, tell, read }: Call,
): Promise<{ messages: ChangeMessage[]; notes: (string | null)[] }> {
  const { key, admin } = lines;
  const name = admin.meta.verboseName;
  const deleted = doomed.map((row) => ({ deleted: { name, object: reprOf(admin, row) } }));
  const added: ChangeMessage[] = [];
  const changed: ChangeMessage[] = [];
  const notes: (string | null)[] = [];
  const ids = doomed.map(({ id }) => id);
  await removeRows(tx, admin, { ids, request });
  for (const one of judged) {
    const isNew = one.change.before === null;
    const { done, repr, note } = await writeChange(
      tx,
      read(one),
      isNew ? { [key.scalar]: parentId } : {},
    );
    tell?.(done, one.admin);
    notes.push(note);
    const fields = one.changed.map(({ verboseName }) => capfirst(verboseName));
    if (isNew) added.push({ added: { name, object: repr } });
    else changed.push({ changed: { name, object: repr, fields } });
  }
  return { messages: [...added, ...changed, ...deleted], notes };
}
