import { settings } from '@/lib/conf/settings';
import { databaseProvider, db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

type Counted = { state: string; count: number };

// A table with fewer rows is counted anew each time: that takes a millisecond or two.
const SMALL = 10_000;

const counted = new Map<string, Counted>();

/**
 * The number of all rows of a table, which is one of our own. SQLite counts a million in a few
 * milliseconds; PostgreSQL looks at each row, so there a large table is counted again only after the
 * server's own statistics have seen a row come or go, which they do within ten seconds.
 */
export async function countTable(table: string): Promise<number> {
  if (databaseProvider() === 'sqlite') return countNow(table);
  const key = `${settings.DATABASE_URL} ${table}`;
  const state = await changesOf(table);
  const known = counted.get(key);
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
