import { getField } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { findRows, visibleIds } from '@/lib/contrib/admin/rows';
import { type DbClient, db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { parseId } from '@/lib/forms/fields';
import { fieldsetsOf } from './form-fields';

/**
 * A row as its form shows it: as the admin reads it, and of each many-to-many field on the form the
 * ids in ascending order. Null when there is no such row.
 * Django: forms/models.py model_to_dict
 */
export async function readSnapshot(
  client: DbClient,
  admin: ModelAdmin,
  id: number,
): Promise<Row | null> {
  const [row] = await findRows(client, admin.meta, [id]);
  if (!row) return null;
  const snapshot: Row = { ...row };
  for (const name of fieldsetsOf(admin).flatMap(({ fields }) => fields)) {
    const field = getField(admin.meta, name);
    if (field.kind !== 'manyToMany') continue;
    const { table, from, to } = field.through;
    const rows = await client.$queryRaw<{ id: number }[]>`
      SELECT ${identifier(to.column)} AS id FROM ${identifier(table)}
      WHERE ${identifier(from.column)} = ${id} ORDER BY ${identifier(to.column)}`;
    snapshot[name] = rows.map((row) => row.id);
  }
  return snapshot;
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
  const number = typeof id === 'string' ? parseId(id) : null;
  if (number === null) return null;
  const [visible] = await visibleIds(db, admin, [number], user);
  return visible === undefined ? null : readSnapshot(db, admin, visible);
}
