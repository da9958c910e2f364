import { hasId, idTypeOf, modelGraph } from '@/lib/contrib/auth/users/model-graph';
import { referencesTo } from '@/lib/contrib/auth/users/references';
import { rowsOfOthers } from '@/lib/contrib/auth/users/rows-of-others';
import {
  type ForeignKey,
  foreignKeys,
  type TableName,
  tableText,
} from '@/lib/db/catalogue/foreign-keys';
import { chunksOf } from '@/lib/db/chunks';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type RowId, rowIdOf } from '@/lib/forms/row-id';

/** Rows of one table that we know nothing of, which refer to rows that go, or to what goes with them. */
export type ForeignRows = {
  table: string;
  /** What the database would do with them. */
  fate: ForeignKey['fate'];
  /** How many refer to each of the rows that go, by the id of that. */
  counts: Map<RowId, number>;
  /** Whether they refer to the rows themselves. */
  isDirect: boolean;
};

type Step = Pick<ForeignKey, 'from' | 'columns' | 'targets'>;
type Path = { steps: Step[]; fate: ForeignKey['fate'] };

// Deeper than this, what the database refuses is told by its refusal.
const MAX_DEPTH = 5;
const BRANCHES = 100;

/**
 * The rows of other applications' tables that refer to these rows of a model, or to what goes with
 * them: the database would refuse to delete them, delete them along, or empty their keys. Tables that
 * we may not read are left out. Call it outside a transaction.
 * Django: knows its own models only, and answers with an IntegrityError
 */
export async function foreignRows(
  prismaName: string,
  ids: readonly RowId[],
): Promise<ForeignRows[]> {
  const keys = await foreignKeys();
  const idType = hasId(prismaName) ? idTypeOf(prismaName) : 'integer';
  const paths = pathsFrom(keys, { name: tableOf(prismaName), schema: null }, prismaName, []);
  const found = paths.map(({ steps, fate }) => ({
    table: tableText(steps.at(-1)?.from ?? { schema: null, name: '' }),
    fate,
    counts: new Map<RowId, number>(),
    isDirect: steps.length === 1,
  }));
  for (const chunk of chunksOf(ids)) {
    const selects = paths.map((path, i) => countAlong(tableOf(prismaName), path, i, chunk));
    for (const part of chunksOf(
      selects,
      idType === 'integer' || idType === 'bigint' ? BRANCHES : 10,
    )) {
      const rows = await db
        .$queryRaw<{ path: number; root: RowId; count: bigint | number }[]>(
          Prisma.join(part, ' UNION ALL '),
        )
        .catch(() => []);
      for (const { path, root, count } of rows)
        found[Number(path)]?.counts.set(rowIdOf(root, idType), Number(count));
    }
  }
  return found.filter(({ counts }) => counts.size > 0);
}

// Of what goes with the rows, our own tables are walked through by the schema's rules, since we
// delete from them ourselves, and others by the database's.
function pathsFrom(
  keys: readonly ForeignKey[],
  table: TableName,
  prismaName: string | null,
  before: Step[],
): Path[] {
  if (before.length >= MAX_DEPTH) return [];
  const own = prismaName === null ? [] : referencesTo(prismaName);
  const isOwn = ({ from, columns }: ForeignKey) =>
    own.some((each) => isSame(from, tableNamed(each.table)) && columns.join() === each.column);
  const foreign = keys.filter((key) => isSame(key.to, table) && key.isReadable && !isOwn(key));
  const isNew = (from: TableName) => !before.some((step) => isSame(step.from, from));
  return [
    ...own.flatMap((each) => {
      const from = tableNamed(each.table);
      if (each.fate !== 'deleted' || !isNew(from)) return [];
      const steps = [...before, { from, columns: [each.column], targets: ['id'] }];
      return pathsFrom(keys, from, each.prismaName, steps);
    }),
    ...foreign.flatMap((found): Path[] => {
      const key = goesAlong(found) ? { ...found, fate: 'deleted' as const } : found;
      const steps = [...before, key];
      const further =
        key.fate === 'deleted' && isNew(key.from) ? pathsFrom(keys, key.from, null, steps) : [];
      return [{ steps, fate: key.fate }, ...further];
    }),
  ];
}

function goesAlong({ from, columns }: ForeignKey): boolean {
  return rowsOfOthers().some(
    ({ table, column }) => isSame(from, tableNamed(table)) && columns.join() === column,
  );
}

function countAlong(table: string, { steps }: Path, path: number, ids: RowId[]): Prisma.Sql {
  const joins = steps.map(({ from, columns, targets }, i) => {
    const pairs = columns.map(
      (column, k) =>
        Prisma.sql`${identifier(`t${i + 1}`)}.${identifier(column)} = ${identifier(`t${i}`)}.${identifier(targets[k] ?? 'id')}`,
    );
    return Prisma.sql`JOIN ${quoted(from)} AS ${identifier(`t${i + 1}`)} ON ${Prisma.join(pairs, ' AND ')}`;
  });
  // Numbers are not told as parameters: there would be too many of them.
  const among = ids.every((id) => typeof id !== 'string')
    ? Prisma.raw(ids.map(String).join(','))
    : Prisma.join(ids);
  return Prisma.sql`SELECT ${Prisma.raw(String(path))} AS path, t0.id AS root, count(*) AS count
    FROM ${identifier(table)} AS t0 ${Prisma.join(joins, ' ')}
    WHERE t0.id IN (${among}) GROUP BY t0.id`;
}

function quoted({ schema, name }: TableName): Prisma.Sql {
  return schema === null ? identifier(name) : Prisma.sql`${identifier(schema)}.${identifier(name)}`;
}

function tableOf(prismaName: string): string {
  return modelGraph()[prismaName]?.table ?? prismaName;
}

function tableNamed(name: string): TableName {
  return { schema: null, name };
}

// SQLite does not tell upper case from lower in a table's name.
function isSame(one: TableName, other: TableName): boolean {
  return (
    one.schema === other.schema &&
    (one.name === other.name || one.name.toLowerCase() === other.name.toLowerCase())
  );
}
