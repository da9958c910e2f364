import { transaction } from '@/lib/db/client';
import { deleteSqlRows, type SqlTable } from '@/lib/db/sql-delegate';

type Join = { readonly table: string; readonly column: string };
type Model = SqlTable & { readonly groups: Join | null; readonly userPermissions: Join | null };

/**
 * Delete a user with memberships, own permissions, sessions and the log entries it wrote; entries
 * about it stay. One transaction. Returns false when there was no such user.
 * Django: on_delete=CASCADE of auth and admin models (sessions there only become useless)
 */
export function deleteUser(id: number, model: Model, isInUse: boolean): Promise<boolean> {
  return transaction(async (tx) => {
    for (const join of [model.groups, model.userPermissions]) {
      if (join) await deleteSqlRows(tx, joinTable(join, 'group_id'), { user: id });
    }
    // What names a user by a number means one of the model in use.
    if (isInUse) {
      await tx.logEntry.deleteMany({ where: { userId: id } });
      await tx.session.deleteMany({ where: { userId: id } });
    }
    return (await deleteSqlRows(tx, model, { id })) > 0;
  });
}

/**
 * Delete a group with its memberships and grants; its members stay. One transaction. Returns false
 * when there was no such group.
 * Django: on_delete=CASCADE of User.groups.through and Group.permissions.through
 */
export function deleteGroup(id: number, groups: Join | null): Promise<boolean> {
  return transaction(async (tx) => {
    if (groups) await deleteSqlRows(tx, joinTable(groups, 'group_id'), { other: id });
    await tx.groupPermission.deleteMany({ where: { groupId: id } });
    const { count } = await tx.group.deleteMany({ where: { id } });
    return count > 0;
  });
}

/**
 * Delete a permission with its grants to users and groups. One transaction. Returns false when
 * there was no such permission.
 * Django: on_delete=CASCADE of User.user_permissions.through and Group.permissions.through
 */
export function deletePermission(id: number, userPermissions: Join | null): Promise<boolean> {
  return transaction(async (tx) => {
    if (userPermissions) {
      await deleteSqlRows(tx, joinTable(userPermissions, 'permission_id'), { other: id });
    }
    await tx.groupPermission.deleteMany({ where: { permissionId: id } });
    const { count } = await tx.permission.deleteMany({ where: { id } });
    return count > 0;
  });
}

function joinTable({ table, column }: Join, other: string) {
  return { table, columns: { id: 'id', user: column, other } };
}
