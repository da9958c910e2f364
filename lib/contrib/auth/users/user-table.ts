import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { getUserModel, type UserJoin } from './user-model';

/**
 * The table of the user model for a raw statement.
 * Django: Model._meta.db_table
 */
export function userTable(model = getUserModel()): Prisma.Sql {
  return identifier(model.table);
}

/**
 * A column of the user model for a raw statement, by its field, of the table `alias` if told; of a
 * flag that the model lacks, FALSE. Throws TypeError for any other field that it lacks.
 */
export function userColumn(field: string, alias?: string, model = getUserModel()): Prisma.Sql {
  const column = model.columns[field];
  if (column !== undefined) {
    return alias ? Prisma.sql`${identifier(alias)}.${identifier(column)}` : identifier(column);
  }
  if (field === 'isStaff') return Prisma.sql`FALSE`;
  throw new TypeError(`${model.name} has no field "${field}".`);
}

/** The column with the name that people sign in with. */
export function usernameColumn(alias?: string, model = getUserModel()): Prisma.Sql {
  return userColumn(model.USERNAME_FIELD, alias, model);
}

/** The column with the address that mails go to. */
export function emailColumn(alias?: string, model = getUserModel()): Prisma.Sql {
  return userColumn(model.EMAIL_FIELD, alias, model);
}

/** A table that ties users to something, for a raw statement: its name, and the user's column. */
export type JoinSql = { table: Prisma.Sql; user: Prisma.Sql };

/**
 * The table of memberships, with `group_id` beside the user's column; an empty one for a model
 * without groups. Give it an alias.
 * Django: User.groups.through
 */
export function userGroupsTable(model = getUserModel()): JoinSql {
  return joinSql(model.groups, 'group_id');
}

/**
 * The table of permissions that users hold by themselves, with `permission_id` beside the user's
 * column; an empty one for a model without them. Give it an alias.
 * Django: User.user_permissions.through
 */
export function userPermissionsTable(model = getUserModel()): JoinSql {
  return joinSql(model.userPermissions, 'permission_id');
}

function joinSql(join: UserJoin | null, other: string): JoinSql {
  if (join) return { table: identifier(join.table), user: identifier(join.column) };
  const column = identifier(other);
  const table = Prisma.sql`(SELECT 0 AS id, 0 AS user_id, 0 AS ${column} WHERE 1 = 0)`;
  return { table, user: identifier('user_id') };
}
