import { timedGrants } from '@/lib/contrib/auth/permissions/timed-grants';
import { type DbClient, Prisma } from '@/lib/db/client';
import { type JoinSql, userGroupsTable, userPermissionsTable } from './user-table';

/**
 * The ids of the groups that a user is in.
 * Django: User.groups
 */
export function groupsOf(client: DbClient, userId: number): Promise<number[]> {
  return endsOf(client, userGroupsTable(), Prisma.sql`group_id`, userId);
}

/** The same with those that a user is in for a time only, which Django does not know. One statement. */
export async function groupsNowOf(client: DbClient, userId: number): Promise<number[]> {
  const { table, user } = userGroupsTable();
  const timed = timedGrants().map(
    (grants) => Prisma.sql`
      UNION SELECT timed.group_id FROM ${grants} timed
      WHERE timed.user_id = ${userId} AND timed.group_id IS NOT NULL`,
  );
  const rows = await client.$queryRaw<{ id: number | bigint }[]>`
    SELECT held.group_id AS id FROM ${table} held WHERE held.${user} = ${userId}
    ${timed[0] ?? Prisma.empty}`;
  return rows.map(({ id }) => Number(id));
}

/**
 * The ids of the permissions that a user holds by themselves.
 * Django: User.user_permissions
 */
export function ownPermissionsOf(client: DbClient, userId: number): Promise<number[]> {
  return endsOf(client, userPermissionsTable(), Prisma.sql`permission_id`, userId);
}

async function endsOf(
  client: DbClient,
  { table, user }: JoinSql,
  end: Prisma.Sql,
  userId: number,
): Promise<number[]> {
  const rows = await client.$queryRaw<{ id: number | bigint }[]>`
    SELECT held.${end} AS id FROM ${table} held WHERE held.${user} = ${userId} ORDER BY held.${end}`;
  return rows.map(({ id }) => Number(id));
}
