import type { ListFilter } from '@/lib/contrib/admin/options';
import { userGroupsTable, userPermissionsTable } from '@/lib/contrib/auth/users/user-table';
import { Prisma } from '@/lib/db/client';

/** The condition that a group, whose table is known as `alias`, has no member. */
export function hasNoMember(alias: string): Prisma.Sql {
  const { table } = userGroupsTable();
  return Prisma.sql`NOT EXISTS (SELECT 1 FROM ${table} AS m
    WHERE m.group_id = ${Prisma.raw(`"${alias}"`)}.id)`;
}

/** The condition that neither a group nor a person was given a permission, whose table is `alias`. */
export function isGivenToNobody(alias: string): Prisma.Sql {
  const { table } = userPermissionsTable();
  const id = Prisma.sql`${Prisma.raw(`"${alias}"`)}.id`;
  return Prisma.sql`NOT EXISTS (SELECT 1 FROM auth_group_permissions AS g WHERE g.permission_id = ${id})
    AND NOT EXISTS (SELECT 1 FROM ${table} AS p WHERE p.permission_id = ${id})`;
}

/** Groups by whether anybody is in them. */
export const membersFilter: ListFilter = {
  parameter: 'members',
  title: 'members',
  choices: async () => [
    ['none', 'None'],
    ['some', 'Some'],
  ],
  condition: (value) => either(value, hasNoMember('t')),
};

/** Permissions by whether a group or a person was given them. */
export const givenFilter: ListFilter = {
  parameter: 'given_to',
  title: 'given to',
  choices: async () => [
    ['none', 'Nobody'],
    ['some', 'Somebody'],
  ],
  condition: (value) => either(value, isGivenToNobody('t')),
};

function either(value: string, isNone: Prisma.Sql): Prisma.Sql | null {
  if (value === 'none') return isNone;
  return value === 'some' ? Prisma.sql`NOT (${isNone})` : null;
}
