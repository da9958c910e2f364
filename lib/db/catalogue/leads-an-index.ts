import { databaseProvider, Prisma } from '@/lib/db/client';

/**
 * The condition that a table has an index of all its rows which begins with a column and has that column's own
 * order. To be put into the statement that needs the index: it costs no statement of its own, and is never out of date.
 * Django: db/backends/base/introspection.py get_constraints
 */
export function leadsAnIndex(table: string, column: string): Prisma.Sql {
  if (databaseProvider() === 'sqlite') {
    return Prisma.sql`EXISTS (
      SELECT 1 FROM pragma_index_list(${table}) AS l, pragma_index_info(l.name) AS i
      WHERE l.partial = 0 AND i.seqno = 0 AND i.name = ${column})`;
  }
  // Django's second index of a text, for LIKE, has an order of its own.
  return Prisma.sql`EXISTS (
    SELECT 1 FROM pg_index AS i
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    JOIN pg_opclass AS o ON o.oid = i.indclass[0] AND o.opcdefault
    JOIN pg_am AS m ON m.oid = o.opcmethod AND m.amname = 'btree'
    WHERE i.indrelid = to_regclass(quote_ident(${table})) AND a.attname = ${column}
      AND i.indisvalid AND i.indpred IS NULL AND i.indcollation[0] = a.attcollation)`;
}
