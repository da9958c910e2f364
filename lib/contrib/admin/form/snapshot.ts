import { getField } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { findRows, visibleIds } from '@/lib/contrib/admin/rows';
import { type DbClient, db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { compareRowIds, parseRowId, type RowId, rowIdOf } from '@/lib/forms/row-id';
import { fieldsetsOf } from './form-fields';

/**
 * A row as its form shows it: as the admin reads it, and of each many-to-many field on the form the
 * ids in ascending order. Null when there is no such row.
 * Django: forms/models.py model_to_dict
 */
export async function readSnapshot(
  client: DbClient,
  admin: ModelAdmin,
  id: RowId,
): Promise<Row | null> {
  const [row] = await findRows(client, admin.meta, [id]);
  if (!row) return null;
  return { ...row, ...(await keysOf(client, admin, id)) };
}

type KeyRow = { field: string; id: string };

async function keysOf(
  client: DbClient,
  admin: ModelAdmin,
  rowId: RowId,
): Promise<Record<string, RowId[]>> {
  const names = fieldsetsOf(admin).flatMap(({ fields }) => fields);
  const keys = names
    .map((name) => getField(admin.meta, name))
    .filter((field) => field.kind === 'manyToMany');
  if (keys.length === 0) return {};
  const parts = keys.map(
    ({ name, through: { table, from, to } }) => Prisma.sql`
      SELECT CAST(${name} AS text) AS field, CAST(${identifier(to.column)} AS text) AS id
      FROM ${identifier(table)} WHERE ${identifier(from.column)} = ${rowId}`,
  );
  const rows = await client.$queryRaw<KeyRow[]>`${Prisma.join(parts, ' UNION ALL ')}`;
  return Object.fromEntries(
    keys.map(({ name, to }): [string, RowId[]] => {
      const ids = rows.filter(({ field }) => field === name);
      return [name, ids.map(({ id }) => rowIdOf(id, to.idType)).sort(compareRowIds)];
    }),
  );
}

/**
 * The same of a row that the user may see at all, by an id from outside; null for what is no id.
 * Django: ModelAdmin.get_object
 */
export async function findObject(
  user: AdminUser,
  admin: ModelAdmin,
  id: unknown,
): Promise<Row | null> {
  const wanted = typeof id === 'string' ? parseRowId(id, admin.meta) : null;
  if (wanted === null) return null;
  const [visible] = await visibleIds(db, admin, [wanted], user);
  return visible === undefined ? null : readSnapshot(db, admin, visible);
}
