import { transaction } from '@/lib/db/client';

/**
 * Delete a user with memberships, own permissions, sessions and the log entries it wrote; entries
 * about it stay. One transaction. Returns false when there was no such user.
 * Django: on_delete=CASCADE of auth and admin models (sessions there only become useless)
 */
export function deleteUser(id: number): Promise<boolean> {
  return transaction(async (tx) => {
    await tx.userGroup.deleteMany({ where: { userId: id } });
    await tx.userPermission.deleteMany({ where: { userId: id } });
    await tx.logEntry.deleteMany({ where: { userId: id } });
    await tx.session.deleteMany({ where: { userId: id } });
    const { count } = await tx.user.deleteMany({ where: { id } });
    return count > 0;
  });
}

/**
 * Delete a group with its memberships and grants; its members stay. One transaction. Returns false
 * when there was no such group.
 * Django: on_delete=CASCADE of auth_user_groups and auth_group_permissions
 */
export function deleteGroup(id: number): Promise<boolean> {
  return transaction(async (tx) => {
    await tx.userGroup.deleteMany({ where: { groupId: id } });
    await tx.groupPermission.deleteMany({ where: { groupId: id } });
    const { count } = await tx.group.deleteMany({ where: { id } });
    return count > 0;
  });
}

/**
 * Delete a permission with its grants to users and groups. One transaction. Returns false when
 * there was no such permission.
 * Django: on_delete=CASCADE of auth_user_user_permissions and auth_group_permissions
 */
export function deletePermission(id: number): Promise<boolean> {
  return transaction(async (tx) => {
    await tx.userPermission.deleteMany({ where: { permissionId: id } });
    await tx.groupPermission.deleteMany({ where: { permissionId: id } });
    const { count } = await tx.permission.deleteMany({ where: { id } });
    return count > 0;
  });
}
