import { transaction } from '@/lib/db/client';
import { deleteSqlRows, type SqlTable } from '@/lib/db/sql-delegate';
import { deleteCascading } from './cascade';
import { graphNameOf } from './model-graph';
import type { UserJoin, UserModel } from './user-model';

/** As much of a user's model as a deletion needs. */
type Deletable = Pick<UserModel, 'name' | 'table' | 'columns' | 'groups' | 'userPermissions'>;

/**
 * Delete a user with memberships, own permissions, sessions and the log entries it wrote; entries
 * about it stay. One transaction. Returns false when there was no such user.
 * Django: on_delete=CASCADE of auth and admin models (sessions there only become useless)
 */
export function deleteUser(id: number, model: Deletable, isInUse: boolean): Promise<boolean> {
  return transaction(async (tx) => {
    if (isInUse) return (await deleteCascading(tx, graphNameOf(model), [id])) > 0;
    // What names a user by a number means one of the model in use.
    for (const join of [model.groups, model.userPermissions]) {
      if (join) await deleteSqlRows(tx, joinTable(join), { user: id });
    }
    return (await deleteSqlRows(tx, model, { id })) > 0;
  });
}

/**
 * Delete a group with its memberships and grants; its members stay. One transaction. Returns false
 * when there was no such group.
 * Django: on_delete=CASCADE of User.groups.through and Group.permissions.through
 */
export function deleteGroup(id: number): Promise<boolean> {
  return transaction(async (tx) => (await deleteCascading(tx, 'Group', [id])) > 0);
}

/**
 * Delete a permission with its grants to users and groups. One transaction. Returns false when
 * there was no such permission.
 * Django: on_delete=CASCADE of User.user_permissions.through and Group.permissions.through
 */
export function deletePermission(id: number): Promise<boolean> {
  return transaction(async (tx) => (await deleteCascading(tx, 'Permission', [id])) > 0);
}

function joinTable({ table, column }: UserJoin): SqlTable {
  return { table, columns: { id: 'id', user: column } };
}
