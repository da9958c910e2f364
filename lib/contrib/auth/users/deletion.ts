import { transaction } from '@/lib/db/client';
import { deleteCascading } from '@/lib/db/deletion/cascade';

/**
 * Delete a user with memberships, own permissions, sessions and the log entries it wrote; entries
 * about it stay. One transaction. Returns false when there was no such user.
 * Django: on_delete=CASCADE of auth and admin models (sessions there only become useless)
 */
export function deleteUser(id: number): Promise<boolean> {
  return transaction(async (tx) => {
    // Sessions name their user without a foreign key, as Django's do.
    await tx.session.deleteMany({ where: { userId: id } });
    return (await deleteCascading(tx, 'User', [id])) > 0;
  });
}

/**
 * Delete a group with its memberships and grants; its members stay. One transaction. Returns false
 * when there was no such group.
 * Django: on_delete=CASCADE of auth_user_groups and auth_group_permissions
 */
export function deleteGroup(id: number): Promise<boolean> {
  return transaction(async (tx) => (await deleteCascading(tx, 'Group', [id])) > 0);
}

/**
 * Delete a permission with its grants to users and groups. One transaction. Returns false when
 * there was no such permission.
 * Django: on_delete=CASCADE of auth_user_user_permissions and auth_group_permissions
 */
export function deletePermission(id: number): Promise<boolean> {
  return transaction(async (tx) => (await deleteCascading(tx, 'Permission', [id])) > 0);
}
