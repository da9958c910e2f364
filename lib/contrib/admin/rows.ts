import { visibleText } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import { type DbClient, db, lockClause, Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { ModelMeta } from './meta';
import type { AdminUser, ModelAdmin, Row } from './options';

/** As much of a Prisma delegate as the admin uses, the same for every model. */
export interface Delegate {
  findMany(args: object): PromiseLike<Row[]>;
  create(args: object): PromiseLike<Row>;
  createMany(args: object): PromiseLike<{ count: number }>;
  updateMany(args: object): PromiseLike<{ count: number }>;
  deleteMany(args: object): PromiseLike<{ count: number }>;
}

/** The delegate of a model, by its name in `schema.prisma`. */
export function delegateOf(client: DbClient, prismaName: string): Delegate {
  const name = prismaName.charAt(0).toLowerCase() + prismaName.slice(1);
  const delegate: unknown = Reflect.get(client, name);
  return delegate as Delegate;
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
  const keys = [...fields.values()].filter(({ kind }) => kind === 'foreignKey');
  const include = Object.fromEntries(keys.map(({ name }) => [name, true]));
  const withKeys = keys.length > 0 ? { include } : {};
  const found = new Map<number, Row>();
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    const rows = await delegateOf(client, prismaName).findMany({ where, ...withKeys });
    for (const row of rows) found.set(row.id, row);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
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
  const name = [row['username'], row['name'], row['title']].find(
    (text) => typeof text === 'string',
  );
  return name === undefined ? `${meta.verboseName} ${row.id}` : String(name);
}
