import { compare } from '@/lib/core/compare';
import { type DbClient, Prisma } from '@/lib/db/client';
import { type CataloguedPermission, inDjangosOrder } from './permission-catalogue';

/** A group with all that it gives to its members, in Django's order. */
export type GroupPermissions = { id: number; name: string; permissions: CataloguedPermission[] };

// What is of the permission is null for a group that holds none.
type Row = {
  group_id: number | bigint;
  group_name: string;
  id: number | bigint | null;
  app_label: string;
  model: string;
  codename: string;
  name: string;
};

/**
 * The groups of these ids, by name, each with what it holds. Ids of none are left out. One statement,
 * however many groups.
 * Django: Group.permissions
 */
export async function loadGroupPermissions(
  client: DbClient,
  ids: readonly number[],
): Promise<GroupPermissions[]> {
  if (ids.length === 0) return [];
  const rows = await client.$queryRaw<Row[]>`
    SELECT g.id AS group_id, g.name AS group_name, p.id, ct.app_label, ct.model, p.codename, p.name
    FROM auth_group g
    LEFT JOIN auth_group_permissions gp ON gp.group_id = g.id
    LEFT JOIN auth_permission p ON p.id = gp.permission_id
    LEFT JOIN django_content_type ct ON ct.id = p.content_type_id
    WHERE g.id IN (${Prisma.join([...ids])})`;
  const groups = new Map<number, GroupPermissions>();
  for (const { group_id, group_name, id, app_label, model, codename, name } of rows) {
    const known = groups.get(Number(group_id));
    const group = known ?? { id: Number(group_id), name: group_name, permissions: [] };
    groups.set(group.id, group);
    if (id === null) continue;
    const perm = `${app_label}.${codename}`;
    group.permissions.push({ id: Number(id), perm, name, appLabel: app_label, model });
  }
  for (const { permissions } of groups.values()) permissions.sort(inDjangosOrder);
  return [...groups.values()].sort((one, other) => compare(one.name, other.name));
}
