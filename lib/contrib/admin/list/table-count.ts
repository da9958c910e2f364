import { settings } from '@/lib/conf/settings';
import { committedChanges, databaseProvider, db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

type Counted = { state: string; count: number };

// A table with fewer rows is counted anew each time: that takes a millisecond or two.
const SMALL = 10_000;

const counted = new Map<string, Counted>();

/**
 * The number of all rows of a table, which is one of our own. A large one is counted again only after a change:
 * on SQLite of anything in the file, by whomever, so the number is exact; on PostgreSQL of this table, of which the
 * server's own statistics tell within ten seconds.
 */
export async function countTable(table: string): Promise<number> {
  const isSqlite = databaseProvider() === 'sqlite';
  const key = `${settings.DATABASE_URL} ${table}`;
  const known = counted.get(key);
  // A small table costs no statement more on SQLite, and of a large one the second count is remembered.
  if (isSqlite && !(known && known.count > SMALL)) {
    const count = await countNow(table);
    counted.set(key, { state: '', count });
    return count;
  }
  const state = isSqlite ? await committedChanges() : await changesOf(table);
  if (known?.state === state && known.count > SMALL) return known.count;
  const count = await countNow(table);
  counted.set(key, { state, count });
  return count;
}

async function countNow(table: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS count FROM ${identifier(table)}`;
  return Number(row?.count ?? 0);
}

/** What changes whenever rows have come or gone, and when the table was emptied or made anew. */
async function changesOf(table: string): Promise<string> {
  const [row] = await db.$queryRaw<{ state: string }[]>`
    SELECT concat_ws('/', oid, pg_relation_filenode(oid), pg_stat_get_tuples_inserted(oid),
      pg_stat_get_tuples_deleted(oid)) AS state
    FROM pg_class WHERE oid = to_regclass(${table})`;
  return row?.state ?? '';
}
