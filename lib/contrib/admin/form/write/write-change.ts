import type { Change, Values } from '@/lib/contrib/admin/options';
import { reprOf } from '@/lib/contrib/admin/rows';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import type { ReadChange } from './read-first';
import { writeRow } from './write-row';

/** A row that was written: what the history calls it, and what the person is told besides. */
export type WrittenRow = { done: Change & { id: RowId }; repr: string; note: string | null };

/**
 * Write what was judged to be right, and was read, and let the screens' `saved` see it. `further` are values that
 * neither form nor screens give, such as the row that it belongs to.
 * Django: ModelAdmin.save_model, save_related
 */
export async function writeChange(
  tx: TransactionClient,
  { admin, change, changed }: ReadChange,
  further: Values = {},
): Promise<WrittenRow> {
  const { before, values } = change;
  const { options } = admin;
  const row = await writeRow(tx, admin, {
    before,
    values,
    changed,
    further: { ...options.saveModel?.(change), ...further },
  });
  const done = { ...change, id: row.id };
  const note = (await options.saved?.(tx, done)) ?? null;
  return { done, repr: reprOf(admin, row), note };
}
