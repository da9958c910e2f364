import { ownTable, prismaDelegate } from '@/lib/contrib/auth/users/model-graph';
import { visibleText } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import { type DbClient, db, lockClause, Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import {
  deleteSqlRows,
  findSqlRows,
  insertSqlRow,
  insertSqlRows,
  type SqlTable,
  type SqlWhere,
  updateSqlRows,
} from '@/lib/db/sql-delegate';
import { isRowId, type RowId, rowIdOf } from '@/lib/forms/row-id';
import type { ModelMeta, Through } from './meta';
import type { AdminUser, ModelAdmin, Row } from './options';

type Data = Readonly<Record<string, unknown>>;

/** What is asked of each field, as Prisma and `findSqlRows` both take it. */
type Where = { readonly [field: string]: unknown };

/** As much of a Prisma delegate as the admin uses, the same for every model. */
export interface Delegate {
  findMany(args: { where?: Where; take?: number; select?: { id: true } }): PromiseLike<Row[]>;
  create(args: { data: Data; select: { id: true } }): PromiseLike<Row>;
  createMany(args: { data: Data[] }): PromiseLike<{ count: number }>;
  updateMany(args: { where: Where; data: Data }): PromiseLike<{ count: number }>;
  deleteMany(args: { where: Where }): PromiseLike<{ count: number }>;
}

/**
 * The delegate of a model, by its name in `schema.prisma`: Prisma's, and for a user model of one's
 * own, which Prisma need not know, one that reads no password either.
 */
export function delegateOf(client: DbClient, prismaName: string): Delegate {
  const own = ownTable(prismaName);
  return own ? sqlDelegate(client, own) : (prismaDelegate(client, prismaName) as Delegate);
}

/** The delegate of what ties two models together; Prisma has none for the tables that it makes itself. */
export function tieDelegate(client: DbClient, through: Through): Delegate {
  const { prismaName, table, from, to } = through;
  if (ownTable(prismaName) || prismaDelegate(client, prismaName) !== undefined) {
    return delegateOf(client, prismaName);
  }
  const columns = { [from.scalar]: from.column, [to.scalar]: to.column };
  return sqlDelegate(client, { table, columns });
}

function sqlDelegate(client: DbClient, table: SqlTable): Delegate {
  return {
    findMany: ({ where, take, select }) =>
      findSqlRows(client, table, {
        ...(where && { where: where as SqlWhere }),
        ...(take !== undefined && { take }),
        ...(select && { fields: ['id'] }),
      }),
    create: async ({ data }) => ({ id: await insertSqlRow(client, table, data) }),
    createMany: async ({ data }) => ({ count: await insertSqlRows(client, table, data) }),
    updateMany: async ({ where, data }) => ({
      count: await updateSqlRows(client, table, where as SqlWhere, data),
    }),
    deleteMany: async ({ where }) => ({
      count: await deleteSqlRows(client, table, where as SqlWhere),
    }),
  };
}

/**
 * The rows of these ids, in their order, as the admin reads them: without a password, with the rows
 * that their foreign keys name. Ids without a row are left out.
 * Django: QuerySet.select_related
 */
export async function findRows(
  client: DbClient,
  meta: ModelMeta,
  ids: readonly RowId[],
): Promise<Row[]> {
  const found = await rowsById(client, meta.prismaName, ids);
  return withNamed(
    client,
    meta,
    ids.flatMap((id) => found.get(id) ?? []),
  );
}

/** All rows of a model as `findRows` reads them, in no order: one statement for them, whatever their number. */
export async function findAllRows(client: DbClient, meta: ModelMeta): Promise<Row[]> {
  return withNamed(client, meta, await delegateOf(client, meta.prismaName).findMany({}));
}

async function withNamed(
  client: DbClient,
  { table, fields }: ModelMeta,
  rows: Row[],
): Promise<Row[]> {
  await readUnsupported(client, { table, fields }, new Map(rows.map((row) => [row.id, row])));
  for (const field of fields.values()) {
    if (field.kind !== 'foreignKey') continue;
    const wanted = [...new Set(rows.map((row) => row[field.scalar]))];
    const named = wanted.filter(isRowId);
    const targets = await rowsById(client, field.to.prismaName, named);
    for (const row of rows) row[field.name] = keyOf(row[field.scalar], targets);
  }
  return rows;
}

// What Prisma's client leaves out is read as the text that PostgreSQL writes for it.
async function readUnsupported(
  client: DbClient,
  { table, fields }: Pick<ModelMeta, 'table' | 'fields'>,
  found: ReadonlyMap<RowId, Row>,
): Promise<void> {
  const left = [...fields.values()].filter(({ kind }) => kind === 'unsupported');
  const read = left.filter((field) => !('scalar' in field));
  for (const field of left) {
    const scalar = 'scalar' in field ? field.scalar : undefined;
    if (scalar === undefined) continue;
    for (const row of found.values()) row[field.name] = row[scalar];
  }
  for (const field of read) {
    if (!('column' in field)) continue;
    for (const chunk of chunksOf([...found.keys()])) {
      const rows = await client.$queryRaw<{ id: string; value: string | null }[]>`
        SELECT CAST(t.id AS text) AS id, CAST(t.${identifier(field.column)} AS text) AS value
        FROM ${identifier(table)} AS t WHERE t.id IN (${Prisma.join(chunk)})`;
      const values = new Map(rows.map(({ id, value }) => [id, value]));
      for (const row of found.values()) row[field.name] ??= values.get(String(row.id)) ?? null;
    }
  }
}

function keyOf(id: unknown, targets: ReadonlyMap<RowId, Row>): Row | null {
  return isRowId(id) ? (targets.get(id) ?? null) : null;
}

// By hand, not by Prisma's `include`: what refers to users refers to the model of the settings.
async function rowsById(
  client: DbClient,
  prismaName: string,
  ids: readonly RowId[],
): Promise<Map<RowId, Row>> {
  const found = new Map<RowId, Row>();
  for (const chunk of chunksOf(ids)) {
    const rows = await delegateOf(client, prismaName).findMany({ where: { id: { in: chunk } } });
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/**
 * Those of these ids whose rows exist and which the user may see at all.
 * Django: ModelAdmin.get_queryset
 */
export async function visibleIds<I extends RowId>(
  client: DbClient,
  admin: ModelAdmin,
  ids: readonly I[],
  user: AdminUser,
): Promise<I[]> {
  const condition = await admin.options.getQueryset?.(user);
  return idsWhere(client, admin.meta, ids, { condition });
}

/**
 * Those of these rows, which exist, that the user may see at all: no statement where everybody sees
 * all of them.
 * Django: ModelAdmin.get_queryset
 */
export async function visibleAmong<I extends RowId>(
  admin: ModelAdmin,
  ids: readonly I[],
  user: AdminUser,
): Promise<I[]> {
  if (ids.length === 0) return [];
  const condition = await admin.options.getQueryset?.(user);
  return condition ? idsWhere(db, admin.meta, ids, { condition }) : [...ids];
}

/**
 * Those of these ids whose rows exist, locked until the transaction ends, so that of two changes at
 * once one waits for the other. On SQLite a transaction holds the write lock from its start.
 * Django: QuerySet.select_for_update
 */
export function lockRows<I extends RowId>(
  tx: TransactionClient,
  meta: ModelMeta,
  ids: readonly I[],
): Promise<I[]> {
  return idsWhere(tx, meta, ids, { lock: lockClause(tx, 'FOR UPDATE') });
}

async function idsWhere<I extends RowId>(
  client: DbClient,
  { table, idType }: ModelMeta,
  ids: readonly I[],
  { condition = Prisma.sql`TRUE`, lock = '' }: { condition?: Prisma.Sql; lock?: string },
): Promise<I[]> {
  const found = new Set<RowId>();
  for (const chunk of chunksOf(ids)) {
    const rows = await client.$queryRaw<{ id: RowId }[]>`
      SELECT t.id AS id FROM ${identifier(table)} AS t
      WHERE t.id IN (${Prisma.join(chunk)}) AND (${condition})
      ORDER BY t.id${Prisma.raw(lock)}`;
    for (const { id } of rows) found.add(rowIdOf(id, idType));
  }
  return ids.filter((id) => found.has(id));
}

/**
 * What people call a row, as screens show it: a dash where nothing of that could be seen.
 * Django: Model.__str__; contrib/admin/utils.py, which shows "-" for a blank one since 6.0
 */
export function strOf(admin: Pick<ModelAdmin, 'meta' | 'options'>, row: Row): string {
  return visibleText(reprOf(admin, row));
}

/**
 * What people call a row, as the history keeps it: what its screens' `str` says, else its username,
 * name or title, else the model and the id.
 * Django: Model.__str__
 */
export function reprOf({ meta, options }: Pick<ModelAdmin, 'meta' | 'options'>, row: Row): string {
  const own = options.str?.(row);
  if (own !== undefined) return own;
  const name = meta.nameField === null ? undefined : row[meta.nameField];
  return typeof name === 'string' ? name : `${meta.verboseName} ${row.id}`;
}
