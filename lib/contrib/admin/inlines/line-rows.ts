import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { type OrderTerm, orderSql } from '@/lib/contrib/admin/list/ordering';
import { getField } from '@/lib/contrib/admin/meta';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, Row } from '@/lib/contrib/admin/options';
import { findRows } from '@/lib/contrib/admin/rows';
import { chunksOf } from '@/lib/db/chunks';
import { type DbClient, lockClause, Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type RowId, rowIdOf } from '@/lib/forms/row-id';
import type { Lines } from './lines';

/** Lines that one form holds at most; further ones are in a list of their own. */
const MOST_LINES = 1000;

type Asker = { user: AdminUser; parentId: RowId };

/** Lines that somebody sees, and whether there are more of these than a form holds. */
export type SeenLines = { rows: Row[]; hasMore: boolean };

/**
 * The first `MOST_LINES` lines of a row that the user may see, in their order: lines that the user may
 * not see take no place from others.
 * Django: InlineModelAdmin.get_queryset, BaseModelFormSet.get_queryset
 */
export async function linesSeen(
  client: DbClient,
  lines: Lines,
  { user, parentId }: Asker,
): Promise<SeenLines> {
  const seen = await seenBy(lines, user);
  const found = new Map<RowId, Row>();
  let isEnd = !lines.may.view;
  for (let offset = 0; !isEnd && found.size <= MOST_LINES; offset += PAGE) {
    const ids = await pageOf(client, lines, { parentId, seen, offset });
    const rows = await visibleOf(await whole(client, lines, ids), lines, user);
    for (const row of rows) found.set(row.id, row);
    isEnd = ids.length < PAGE;
  }
  const rows = [...found.values()];
  return { rows: rows.slice(0, MOST_LINES), hasMore: rows.length > MOST_LINES };
}

// One more than a form holds tells whether there are further ones.
const PAGE = MOST_LINES + 1;

async function pageOf(
  client: DbClient,
  lines: Lines,
  { parentId, seen, offset }: { parentId: RowId; seen: Prisma.Sql; offset: number },
): Promise<RowId[]> {
  const { meta, options } = lines.admin;
  const terms: OrderTerm[] = [
    ...(options.ordering ?? []).map((name) => ({
      field: name.replace(/^-/, ''),
      isDescending: name.startsWith('-'),
    })),
    { field: 'id', isDescending: false },
  ];
  const found = await client.$queryRaw<{ id: RowId }[]>`
    SELECT t.id AS id FROM ${identifier(meta.table)} AS t
    WHERE ${belongs(lines, parentId)} AND (${seen})
    ORDER BY ${orderSql(meta, terms)} LIMIT ${PAGE} OFFSET ${offset}`;
  return idsIn(lines, found);
}

/**
 * Those of the lines with these ids that belong to the row and that the user may see, by id.
 * Django: BaseModelFormSet._existing_object
 */
export async function linesNamed(
  client: DbClient,
  lines: Lines,
  { user, parentId, ids }: Asker & { ids: readonly RowId[] },
): Promise<Map<RowId, Row>> {
  const seen = await seenBy(lines, user);
  const named = await idsAmong(client, lines, { parentId, ids, seen });
  const rows = await visibleOf(await whole(client, lines, named), lines, user);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The same inside a transaction, locked until it ends, whoever may see them: that was asked before.
 * Django: no counterpart; there the later of two saves wins
 */
export async function linesLocked(
  tx: TransactionClient,
  lines: Lines,
  { parentId, ids }: { parentId: RowId; ids: readonly RowId[] },
): Promise<Map<RowId, Row>> {
  const lock = lockClause(tx, 'FOR UPDATE');
  const named = await idsAmong(tx, lines, { parentId, ids, seen: Prisma.sql`TRUE`, lock });
  return new Map((await whole(tx, lines, named)).map((row) => [row.id, row]));
}

/** How many lines a row has, seen or not. */
export async function countLines(client: DbClient, lines: Lines, parentId: RowId): Promise<number> {
  const [row] = await client.$queryRaw<{ count: bigint | number }[]>`
    SELECT count(*) AS count FROM ${identifier(lines.admin.meta.table)} AS t
    WHERE ${belongs(lines, parentId)}`;
  return Number(row?.count ?? 0);
}

async function seenBy({ admin }: Lines, user: AdminUser): Promise<Prisma.Sql> {
  return (await admin.options.getQueryset?.(user)) ?? Prisma.sql`TRUE`;
}

async function visibleOf(rows: readonly Row[], { admin }: Lines, user: AdminUser): Promise<Row[]> {
  const visible: Row[] = [];
  for (const row of rows) if (await hasViewPermission(user, admin, row)) visible.push(row);
  return visible;
}

type Among = { parentId: RowId; ids: readonly RowId[]; seen: Prisma.Sql; lock?: string };

async function idsAmong(
  client: DbClient,
  lines: Lines,
  { parentId, ids, seen, lock = '' }: Among,
): Promise<RowId[]> {
  const found: RowId[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows = await client.$queryRaw<{ id: RowId }[]>`
      SELECT t.id AS id FROM ${identifier(lines.admin.meta.table)} AS t
      WHERE ${belongs(lines, parentId)} AND t.id IN (${Prisma.join(chunk)}) AND (${seen})
      ORDER BY t.id${Prisma.raw(lock)}`;
    found.push(...idsIn(lines, rows));
  }
  return found;
}

function belongs({ key }: Lines, parentId: RowId): Prisma.Sql {
  return Prisma.sql`t.${identifier(key.column)} = ${parentId}`;
}

function idsIn({ admin }: Lines, rows: readonly { id: RowId }[]): RowId[] {
  return rows.map(({ id }) => rowIdOf(id, admin.meta.idType));
}

// Fields with several values, which few inlines have, are read line by line.
async function whole(client: DbClient, { admin }: Lines, ids: readonly RowId[]): Promise<Row[]> {
  const [{ fields = [] } = {}] = admin.options.fieldsets ?? [];
  const hasSeveral = fields.some((name) => getField(admin.meta, name).kind === 'manyToMany');
  if (!hasSeveral) return findRows(client, admin.meta, ids);
  const rows: Row[] = [];
  for (const id of ids) rows.push(...[(await readSnapshot(client, admin, id)) ?? []].flat());
  return rows;
}
