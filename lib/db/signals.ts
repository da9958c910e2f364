import { Signal } from '@/lib/dispatch';
import type { RowId } from '@/lib/forms/row-id';
import type { TransactionClient } from './client';

/**
 * Sent when the migrations are applied, also when there were none, so that an app makes the rows
 * that its declarations ask for. `say` tells whoever migrates one line; `isAdopted` when the tables
 * are a Django site's and were taken over just now.
 * Django: db/models/signals.py post_migrate
 */
export const postMigrate = new Signal<{ say: (line: string) => void; isAdopted: boolean }>();

/**
 * Sent before rows of a model are deleted, those with one of these ids in a column: by their own ids, or
 * with the rows that they hang on. In the transaction that deletes them.
 * Django: db/models/signals.py pre_delete, for each row
 */
export const preDelete = new Signal<{
  tx: TransactionClient;
  prismaName: string;
  column: string;
  ids: readonly RowId[];
}>();
