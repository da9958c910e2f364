import { MOST_COUNTED, tableOf } from '@/lib/contrib/admin/list/count';
import { type OrderTerm, orderSql, sortingName } from '@/lib/contrib/admin/list/ordering';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { type RowId, rowIdOf } from '@/lib/forms/row-id';
import { isAmong } from './found-rows';
import { leaps } from './leaps';
import { readIds, type Slice } from './read-ids';

type Key = Extract<FieldMeta, { kind: 'foreignKey' }>;
type Terms = readonly [OrderTerm, ...OrderTerm[]];

/** The other rows of one name, null for none at all, and how many rows lead to them. */
type Named = { keys: (RowId | null)[]; count: number };

const plan = Prisma.raw(PLANNED_EACH_TIME);

// Other rows. Of one in twenty rows the leaps take a fraction of what sorting all by a name takes.
const MOST_KEYS = 10_000;
const ROWS_OF_KEY = 20;

/**
 * All rows in the order of another row's name: the few rows that a key leads to are sorted by their names, and rows are
 * read of those that the page begins with, ends with, and has between them. Null where the table is short, where no index
 * begins with the key, where it leads to many rows, and where rows come and go meanwhile.
 */
export async function byNames(
  admin: ModelAdmin,
  terms: Terms,
  { count, ...slice }: Slice & { count: number },
): Promise<RowId[] | null> {
  const field = getField(admin.meta, terms[0].field);
  if (count <= MOST_COUNTED || terms.length < 2 || field.kind !== 'foreignKey') return null;
  const most = Math.min(MOST_KEYS, Math.floor(count / ROWS_OF_KEY));
  const named = await namesInOrder(admin, field, { term: terms[0], slice, most });
  return named && readPage(admin, field, { terms, slice, named });
}

/** The names that a page may begin or end with, from the first; rows are counted as far as its end. */
async function namesInOrder(
  { meta }: ModelAdmin,
  field: Key,
  { term, slice, most }: { term: OrderTerm; slice: Slice; most: number },
): Promise<Named[] | null> {
  const name = sortingName(field);
  if (!name) return null;
  const [table, column] = [identifier(meta.table), identifier(field.column)];
  const end = slice.offset + slice.limit;
  const direction = Prisma.raw(term.isDescending ? 'DESC' : 'ASC');
  const counted = (condition: Prisma.Sql) => Prisma.sql`(
    SELECT COUNT(*) FROM (SELECT 1 AS found FROM ${table} AS n WHERE ${condition} LIMIT ${end}) AS few)`;
  // The row that ends the leaps, without a value, stands for rows without a key.
  const rows = await db.$queryRaw<
    { key: unknown; place: unknown; count: unknown; ends: unknown }[]
  >`
    ${plan} WITH RECURSIVE ${leaps({ table: meta.table, column: field.column, most })}
    SELECT k.value AS key, k.place, k.ends,
      CASE WHEN k.value IS NULL THEN ${counted(Prisma.sql`n.${column} IS NULL`)}
        ELSE ${counted(Prisma.sql`n.${column} = k.value`)} END AS count
    FROM (
      SELECT l.value, DENSE_RANK() OVER (ORDER BY o.${identifier(name.column)} ${direction}) AS place,
        COUNT(*) OVER () - COUNT(l.value) OVER () AS ends
      FROM leaps AS l LEFT JOIN ${identifier(name.table)} AS o ON o.id = l.value) AS k
    WHERE k.place <= ${end + 1} ORDER BY k.place`;
  if (rows.length === 0 || Number(rows[0]?.ends) === 0) return null;
  const places = new Map<number, Named>();
  for (const row of rows) {
    const named = places.get(Number(row.place)) ?? { keys: [], count: 0 };
    named.keys.push(row.key === null ? null : rowIdOf(row.key, field.to.idType));
    named.count += Number(row.count);
    places.set(Number(row.place), named);
  }
  return [...places.values()];
}

/** A name that the page has rows of: how many stand before the page, and how many on it. */
type Part = { keys: readonly (RowId | null)[]; skip: number; take: number };

async function readPage(
  admin: ModelAdmin,
  field: Key,
  { terms, slice, named }: { terms: Terms; slice: Slice; named: readonly Named[] },
): Promise<RowId[] | null> {
  const parts = partsOf(named, slice);
  const [, ...rest] = terms;
  const [first, last] = [parts.at(0), parts.slice(1).at(-1)];
  const between = parts.slice(1, -1);
  const ids: RowId[] = [];
  const read = async (some: readonly Part[], order: readonly OrderTerm[]) => {
    const limit = some.reduce((sum, { take }) => sum + take, 0);
    const where = keyIsAmong(
      field,
      some.flatMap(({ keys }) => keys),
    );
    const source = { from: tableOf(admin), where, order: orderSql(admin.meta, order) };
    ids.push(...(await readIds(admin.meta, source, { limit, offset: some[0]?.skip ?? 0 })));
  };
  if (first) await read([first], rest);
  if (between.length > 0) await read(between, terms);
  if (last) await read([last], rest);
  return ids.length === parts.reduce((sum, { take }) => sum + take, 0) ? ids : null;
}

function partsOf(named: readonly Named[], { limit, offset }: Slice): Part[] {
  const parts: Part[] = [];
  let before = 0;
  for (const { keys, count } of named) {
    const skip = Math.max(0, offset - before);
    const take = Math.min(before + count, offset + limit) - Math.max(before, offset);
    if (take > 0) parts.push({ keys, skip, take });
    before += count;
  }
  return parts;
}

function keyIsAmong(field: Key, keys: readonly (RowId | null)[]): Prisma.Sql {
  const column = Prisma.sql`t.${identifier(field.column)}`;
  const isNone = Prisma.sql`${column} IS NULL`;
  const others = keys.filter((key) => key !== null);
  if (others.length === 0) return isNone;
  const isText = typeof others[0] === 'string';
  const text = isText ? JSON.stringify(others) : others.join(',');
  const isOne = isAmong(field.to, text, column);
  return others.length === keys.length ? isOne : Prisma.sql`(${isOne} OR ${isNone})`;
}
