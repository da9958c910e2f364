import { decryptColumn } from '@/lib/core/encryption/encrypt-column';
import { db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { EncryptedColumn } from '@/lib/db/secrets/encrypted-columns';

/** How many rows of a column only a former secret opens, and how many none does. */
export type ColumnState = { readonly stale: number; readonly lost: number };

type Row = { id: number; rowKey: string; stored: string };

// Rows of one statement: a table of millions is read without being held.
const BATCH = 500;

/** Look at every row of an encrypted column, and change none. */
export async function columnState(column: EncryptedColumn): Promise<ColumnState> {
  return visit(column, async () => {});
}

/**
 * Encrypt anew what only a former secret opens, so that it can be dropped from SECRET_KEY_FALLBACKS.
 * A row that somebody writes meanwhile keeps what they write. Returns how many were found in need,
 * and how many no secret opens; those stay as they are.
 */
export async function rotateColumn(column: EncryptedColumn): Promise<ColumnState> {
  const { table, column: name, id } = column;
  return visit(column, async (row, renewed) => {
    await db.$executeRaw`
      UPDATE ${identifier(table)} SET ${identifier(name)} = ${renewed}
      WHERE ${identifier(id)} = ${row.id} AND ${identifier(name)} = ${row.stored}`;
  });
}

async function visit(
  column: EncryptedColumn,
  renew: (row: Row, renewed: string) => Promise<void>,
): Promise<ColumnState> {
  let [stale, lost] = [0, 0];
  for (let after = -1; ; ) {
    const rows = await batchAfter(column, after);
    for (const row of rows) {
      const opened = decryptColumn(column.purpose, row.rowKey, row.stored);
      if (!opened) lost += 1;
      if (!opened?.renewed) continue;
      stale += 1;
      await renew(row, opened.renewed);
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return { stale, lost };
    after = last.id;
  }
}

// An empty text is a column that holds nothing.
function batchAfter({ table, column, id, rowKey }: EncryptedColumn, after: number): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT ${identifier(id)} AS id, CAST(${identifier(rowKey)} AS text) AS "rowKey",
           ${identifier(column)} AS stored
    FROM ${identifier(table)}
    WHERE ${identifier(id)} > ${after} AND ${identifier(column)} IS NOT NULL
      AND ${identifier(column)} <> ''
    ORDER BY ${identifier(id)} LIMIT ${BATCH}`;
}
