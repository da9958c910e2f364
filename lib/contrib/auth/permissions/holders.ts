import type { HolderQuery } from '@/lib/contrib/auth/backends/backend';
import type { User } from '@/lib/contrib/auth/users/user';
import type { UserJoin, UserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { compare } from '@/lib/core/compare';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type PermissionParts, parsePermissionName } from './permission-name';
import type { Source } from './sources';
import { timedGrants } from './timed-grants';

/**
 * The users of a model who hold a permission directly, through a group or as superusers, by id. One
 * statement. Throws TypeError for a text that is not `app.codename` with one dot.
 * Django: contrib/auth/backends.py ModelBackend.with_perm
 */
export async function usersHolding(
  model: UserModel,
  perm: string | { readonly id: number },
  { isActive, includeSuperusers, obj }: HolderQuery,
): Promise<User[]> {
  const wanted = permissionIds(perm);
  if (wanted === null || (obj !== undefined && obj !== null)) return [];
  const column = (field: string) => Prisma.sql`u.${identifier(model.columns[field] ?? field)}`;
  const ways = [
    ...(model.userPermissions ? [directly(model.userPermissions, column('id'), wanted)] : []),
    ...(model.groups ? [throughGroup(model.groups, column('id'), wanted)] : []),
    ...timedGrants().map((table) => forATime(table, column('id'), wanted)),
    ...(includeSuperusers ? [Prisma.sql`${column('isSuperuser')} = ${true}`] : []),
  ];
  if (ways.length === 0) return [];
  const active =
    isActive === null ? Prisma.empty : Prisma.sql`AND ${column('isActive')} = ${isActive}`;
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 'u')} FROM ${identifier(model.table)} u
    WHERE (${Prisma.join(ways, ' OR ')}) ${active} ORDER BY ${column('id')}`;
  return rows.flatMap((row) => userOf(model, row) ?? []);
}

/**
 * What would grant a permission: the user's own grant and each group that holds it, by name.
 * Nothing for a permission that does not exist. One statement.
 * Django: no counterpart
 */
export async function sourcesGranting(perm: string): Promise<Source[]> {
  const named = parsePermissionName(perm);
  if (!named) return [];
  const rows = await db.$queryRaw<{ id: number | null; name: string | null }[]>`
    SELECT DISTINCT g.id, g.name FROM auth_permission p
    JOIN django_content_type ct ON ct.id = p.content_type_id
    LEFT JOIN auth_group_permissions gp ON gp.permission_id = p.id
    LEFT JOIN auth_group g ON g.id = gp.group_id
    WHERE ct.app_label = ${named.appLabel} AND p.codename = ${named.codename}`;
  const groups = rows.flatMap(({ id, name }) =>
    id === null || name === null ? [] : [{ kind: 'group' as const, id: Number(id), name }],
  );
  const byName = groups.sort((a, b) => compare(a.name, b.name));
  return rows.length === 0 ? [] : [{ kind: 'direct' }, ...byName];
}

/**
 * The same as a condition on each user of a table known as `t`: for a permission that so many hold
 * that collecting them first would take longer than asking one after the other.
 */
export function isGranted(model: UserModel, perm: string): Prisma.Sql {
  const named = parsePermissionName(perm);
  if (!named) return Prisma.sql`FALSE`;
  const wanted = idsNamed(named);
  const id = Prisma.sql`t.${identifier(model.columns['id'] ?? 'id')}`;
  const ways = [
    ...(model.userPermissions ? [directly(model.userPermissions, id, wanted)] : []),
    ...(model.groups ? [throughGroup(model.groups, id, wanted)] : []),
    ...timedGrants().map((table) => forATime(table, id, wanted)),
  ];
  return ways.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`(${Prisma.join(ways, ' OR ')})`;
}

/**
 * The ids of the users to whom the permission `app.codename` is granted, directly or through a group,
 * as a statement for `IN`. Nobody's for a permission that does not exist.
 */
export function grantedTo(model: UserModel, perm: string): Prisma.Sql {
  const named = parsePermissionName(perm);
  if (!named) return Prisma.sql`SELECT 0`;
  const wanted = idsNamed(named);
  const ways = [
    ...(model.userPermissions ? [ownersOf(model.userPermissions, wanted)] : []),
    ...(model.groups ? [membersOf(model.groups, wanted)] : []),
    ...timedGrants().map(
      (table) => Prisma.sql`SELECT timed.user_id FROM ${table} timed WHERE ${gives(wanted)}`,
    ),
  ];
  return ways.length === 0 ? Prisma.sql`SELECT 0` : Prisma.join(ways, ' UNION ALL ');
}

function ownersOf({ table, column }: UserJoin, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT held.${identifier(column)} FROM ${identifier(table)} held
    WHERE held.permission_id IN (${wanted})`;
}

function membersOf({ table, column }: UserJoin, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT ug.${identifier(column)} FROM ${identifier(table)} ug
    WHERE ug.group_id IN (
      SELECT gp.group_id FROM auth_group_permissions gp WHERE gp.permission_id IN (${wanted}))`;
}

function permissionIds(perm: string | { readonly id: number }): Prisma.Sql | null {
  if (typeof perm !== 'string') return Prisma.sql`${perm.id}`;
  if (perm.split('.').length !== 2) {
    throw new TypeError(`"${perm}" is not a permission: it is named app.codename.`);
  }
  const named = parsePermissionName(perm);
  return named && idsNamed(named);
}

// Two models of one app may have a permission of one codename.
function idsNamed({ appLabel, codename }: PermissionParts): Prisma.Sql {
  return Prisma.sql`
    SELECT p.id FROM auth_permission p JOIN django_content_type ct ON ct.id = p.content_type_id
    WHERE ct.app_label = ${appLabel} AND p.codename = ${codename}`;
}

function directly({ table, column }: UserJoin, id: Prisma.Sql, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM ${identifier(table)} held
    WHERE held.${identifier(column)} = ${id} AND held.permission_id IN (${wanted}))`;
}

function throughGroup({ table, column }: UserJoin, id: Prisma.Sql, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM ${identifier(table)} ug
    JOIN auth_group_permissions gp ON gp.group_id = ug.group_id
    WHERE ug.${identifier(column)} = ${id} AND gp.permission_id IN (${wanted}))`;
}

function forATime(table: Prisma.Sql, id: Prisma.Sql, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM ${table} timed WHERE timed.user_id = ${id} AND ${gives(wanted)})`;
}

function gives(wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(timed.permission_id IN (${wanted}) OR timed.group_id IN (
    SELECT gp.group_id FROM auth_group_permissions gp WHERE gp.permission_id IN (${wanted})))`;
}
