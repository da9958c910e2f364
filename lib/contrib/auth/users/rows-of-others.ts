import { allConfigs } from '@/lib/apps/registry';
import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { chunksOf } from '@/lib/db/chunks';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { RowId } from '@/lib/forms/row-id';
import { modelGraph } from './model-graph';

/** Rows of a table that another application may have in this database, which hang on rows of a model here. */
export type RowsOfOthers = {
  /** The model, by its name in `schema.prisma`. */
  readonly prismaName: string;
  readonly table: string;
  /** Its column with the id of the row that it hangs on. */
  readonly column: string;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What goes with rows of the app's, of tables that the Django application has which it stands for. */
    readonly rowsOfOthers?: readonly RowsOfOthers[];
  }
}

/** Those of every app of the site, in or out: the tables of one that is out stay. */
export function rowsOfOthers(): RowsOfOthers[] {
  return allConfigs().flatMap((config) => [...(config.rowsOfOthers ?? [])]);
}

/**
 * Delete what another application hangs on these rows of a model, those with one of the ids in a column,
 * as that application does when it deletes them itself. Nothing where it has no such table.
 * Django: db/models/deletion.py CASCADE
 */
export async function deleteRowsOfOthers(
  tx: TransactionClient,
  { prismaName, column, ids }: { prismaName: string; column: string; ids: readonly RowId[] },
): Promise<void> {
  const table = modelGraph()[prismaName]?.table;
  if (table === undefined || ids.length === 0) return;
  for (const others of rowsOfOthers()) {
    if (others.prismaName !== prismaName) continue;
    if (!(await tableColumns(others.table, tx))?.length) continue;
    for (const chunk of chunksOf(ids)) {
      await tx.$executeRaw`
        DELETE FROM ${identifier(others.table)} WHERE ${identifier(others.column)} IN
          (SELECT id FROM ${identifier(table)} WHERE ${identifier(column)} IN (${Prisma.join(chunk)}))`;
    }
  }
}
