import { brought } from '@/lib/apps/registry';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type ListedTable, searchIndexOf } from '@/lib/db/migrations/list-script';
import { searchWords } from './search-words';

/** Rows of the table, known as `t`, that a search may find: what follows FROM, and the condition. */
export type Candidates = { from: Prisma.Sql; where: Prisma.Sql; isMany: boolean };

// Enough to leave few rows; each of them is compared with the whole search afterwards.
const MAX_TRIGRAMS = 24;

// From here on reading the table in the order of the list meets enough rows soon.
const MANY = 20_000;

/**
 * Where the rows that fit a search stand, by SQLite's trigram index: those it names are all that fit
 * and some that may not, so `searchCondition` must hold too. Null where there is no index for the
 * search: on PostgreSQL, for other models and fields, for words under three characters alone, and
 * while its triggers are gone, since it may have missed a change.
 * Django: no counterpart
 */
export async function searchCandidates(
  admin: ModelAdmin,
  query: string,
): Promise<Candidates | null> {
  const { table, fields } = admin.meta;
  const list = databaseProvider() === 'sqlite' ? listOf(table) : null;
  if (!list) return null;
  const index = searchIndexOf(list);
  const searched = (admin.options.searchFields ?? []).map((field) => field.replace(/^[\^=@]/, ''));
  const isIndexed = (name: string) => {
    const field = fields.get(name);
    return field !== undefined && 'column' in field && list.texts.includes(field.column);
  };
  if (!searched.every(isIndexed)) return null;
  const trigrams = trigramsOf(searchWords(query.toWellFormed()));
  if (trigrams.length === 0 || !(await isKept(index))) return null;
  const name = identifier(index.name);
  const match = trigrams.map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS count FROM (
      SELECT 1 FROM ${name} WHERE ${name} MATCH ${match} LIMIT ${MANY + 1})`;
  return {
    // CROSS JOIN is SQLite's word for "in this order".
    from: Prisma.sql`${name} AS s CROSS JOIN ${identifier(table)} AS t`,
    where: Prisma.sql`s.${name} MATCH ${match} AND t.${identifier(list.id)} = s.rowid`,
    isMany: Number(row?.count ?? 0) > MANY,
  };
}

/**
 * The trigrams by which words are sought: side by side, and the last one of each word, which
 * together cover it. Words of one or two characters have none.
 */
export function trigramsOf(words: readonly string[]): string[] {
  const found = new Set<string>();
  for (const word of words) {
    const characters = [...word];
    for (let at = 0; at + 3 <= characters.length; at += 3) {
      found.add(characters.slice(at, at + 3).join(''));
    }
    if (characters.length > 3) found.add(characters.slice(-3).join(''));
  }
  return [...found].slice(0, MAX_TRIGRAMS);
}

// What `manage migrate` makes it for.
function listOf(table: string): ListedTable | null {
  const lists = brought('listedTables').map((listed) => listed());
  return lists.find((list) => list?.table === table) ?? null;
}

async function isKept({ triggers }: ReturnType<typeof searchIndexOf>): Promise<boolean> {
  const names = Prisma.join([...triggers]);
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS count FROM sqlite_master WHERE type = 'trigger' AND name IN (${names})`;
  return Number(row?.count ?? 0) === triggers.length;
}
