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
import type { ModelMeta } from './meta';
import type { AdminUser, ModelAdmin, Row } from './options';

type Data = Readonly<Record<string, unknown>>;

/** As much of a Prisma delegate as the admin uses, the same for every model. */
export interface Delegate {
  findMany(args: { where?: SqlWhere; take?: number; select?: { id: true } }): PromiseLike<Row[]>;
  create(args: { data: Data; select: { id: true } }): PromiseLike<Row>;
  createMany(args: { data: Data[] }): PromiseLike<{ count: number }>;
  updateMany(args: { where: SqlWhere; data: Data }): PromiseLike<{ count: number }>;
  deleteMany(args: { where: SqlWhere }): PromiseLike<{ count: number }>;
}

/**
 * The delegate of a model, by its name in `schema.prisma`: Prisma's, and for a user model of one's
 * own, which Prisma need not know, one that reads no password either.
 */
export function delegateOf(client: DbClient, prismaName: string): Delegate {
  const own = ownTable(prismaName);
  return own ? sqlDelegate(client, own) : (prismaDelegate(client, prismaName) as Delegate);
}

function sqlDelegate(client: DbClient, table: SqlTable): Delegate {
  return {
    findMany: ({ where, take, select }) =>
      findSqlRows(client, table, {
        ...(where && { where }),
        ...(take !== undefined && { take }),
        ...(select && { fields: ['id'] }),
      }),
    create: async ({ data }) => ({ id: await insertSqlRow(client, table, data) }),
    createMany: async ({ data }) => ({ count: await insertSqlRows(client, table, data) }),
    updateMany: async ({ where, data }) => ({
      count: await updateSqlRows(client, table, where, data),
    }),
    deleteMany: async ({ where }) => ({ count: await deleteSqlRows(client, table, where) }),
  };
}

/**
 * The rows of these ids, in their order, as the admin reads them: without a password, with the rows
 * that their foreign keys name. Ids without a row are left out.
 * Django: QuerySet.select_related
 */
export async function findRows(
  client: DbClient,
  { prismaName, fields }: ModelMeta,
  ids: readonly number[],
): Promise<Row[]> {
  const found = await rowsById(client, prismaName, ids);
  const rows = ids.flatMap((id) => found.get(id) ?? []);
  for (const field of fields.values()) {
    if (field.kind !== 'foreignKey') continue;
    const wanted = [...new Set(rows.map((row) => row[field.scalar]))];
    const named = wanted.filter((id) => typeof id === 'number');
    const targets = await rowsById(client, field.to.prismaName, named);
    for (const row of rows) row[field.name] = targets.get(Number(row[field.scalar])) ?? null;
  }
  return rows;
}

// By hand, not by Prisma's `include`: what refers to users refers to the model of the settings.
async function rowsById(
  client: DbClient,
  prismaName: string,
  ids: readonly number[],
): Promise<Map<number, Row>> {
  const found = new Map<number, Row>();
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
export async function visibleIds(
  client: DbClient,
  admin: ModelAdmin,
  ids: readonly number[],
  user: AdminUser,
): Promise<number[]> {
  const condition = await admin.options.getQueryset?.(user);
  return idsWhere(client, admin.meta, ids, { condition });
}

/**
 * Those of these rows, which exist, that the user may see at all: no statement where everybody sees
 * all of them.
 * Django: ModelAdmin.get_queryset
 */
export async function visibleAmong(
  admin: ModelAdmin,
  ids: readonly number[],
  user: AdminUser,
): Promise<number[]> {
  if (ids.length === 0) return [];
  const condition = await admin.options.getQueryset?.(user);
  return condition ? idsWhere(db, admin.meta, ids, { condition }) : [...ids];
}

/**
 * Those of these ids whose rows exist, locked until the transaction ends, so that of two changes at
 * once one waits for the other. On SQLite a transaction holds the write lock from its start.
 * Django: QuerySet.select_for_update
 */
export function lockRows(
  tx: TransactionClient,
  meta: ModelMeta,
  ids: readonly number[],
): Promise<number[]> {
  return idsWhere(tx, meta, ids, { lock: lockClause(tx, 'FOR UPDATE') });
}

async function idsWhere(
  client: DbClient,
  { table }: ModelMeta,
  ids: readonly number[],
  { condition = Prisma.sql`TRUE`, lock = '' }: { condition?: Prisma.Sql; lock?: string },
): Promise<number[]> {
  const found = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const rows = await client.$queryRaw<{ id: number }[]>`
      SELECT t.id AS id FROM ${identifier(table)} AS t
      WHERE t.id IN (${Prisma.join(chunk)}) AND (${condition})
      ORDER BY t.id${Prisma.raw(lock)}`;
    for (const { id } of rows) found.add(id);
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
