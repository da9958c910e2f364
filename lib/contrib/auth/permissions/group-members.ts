import { userGroupsTable } from '@/lib/contrib/auth/users/user-table';
import { type DbClient, lockClause, Prisma } from '@/lib/db/client';

// Of a group with more members only that is known: counting further takes longer than anybody waits.
const MOST_MEMBERS = 10_000;

type Counted = { id: number | bigint; total: number | bigint };

/**
 * How many people are in each of these groups, by the group's id; one more than MOST_MEMBERS stands for
 * all beyond. One statement, which looks at that many memberships of a group at most, along an index. With
 * `isLocked` nobody else may change these groups until the transaction is over.
 * Django: annotate(Count('user'))
 */
export async function memberCounts(
  client: DbClient,
  groupIds: readonly number[],
  { isLocked = false } = {},
): Promise<Map<number, number>> {
  if (groupIds.length === 0) return new Map();
  const lock = isLocked ? lockClause(client, 'FOR NO KEY UPDATE') : '';
  const found = await client.$queryRaw<Counted[]>`
    SELECT g.id AS id, ${memberCount(Prisma.sql`g.id`)} AS total
    FROM auth_group AS g WHERE g.id IN (${Prisma.join([...groupIds])})
    ORDER BY g.id${Prisma.raw(lock)}`;
  return new Map(found.map(({ id, total }) => [Number(id), Number(total)]));
}

/** The same of one group within a statement that knows its id. */
export function memberCount(groupId: Prisma.Sql): Prisma.Sql {
  const { table } = userGroupsTable();
  return Prisma.sql`(SELECT COUNT(*) FROM (
      SELECT 1 AS one FROM ${table} AS m WHERE m.group_id = ${groupId}
      LIMIT ${MOST_MEMBERS + 1}) AS counted)`;
}

/** Such a count as people are told it: "34", "10,000+". */
export function membersText(total: number): string {
  const isExact = total <= MOST_MEMBERS;
  return `${Math.min(total, MOST_MEMBERS).toLocaleString('en')}${isExact ? '' : '+'}`;
}
