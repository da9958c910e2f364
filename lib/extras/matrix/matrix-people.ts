import { onlyTablesDecide } from '@/lib/contrib/auth/permissions/only-tables';
import { timedGrants } from '@/lib/contrib/auth/permissions/timed-grants';
import {
  userColumn,
  userGroupsTable,
  usernameColumn,
  userPermissionsTable,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { compare } from '@/lib/core/compare';
import { type DbClient, databaseProvider, Prisma } from '@/lib/db/client';
import type { ColumnChange } from './matrix-changes';

/** People whom a change affects: how many, and the first of them by name. */
export type People = { count: number; first: { id: number; username: string }[] };

/**
 * People who are in the same groups and hold the same of these permissions by themselves: what
 * changes for one changes for all. `timed` are those of the permissions that they hold by themselves
 * for a time, which no change of these columns takes. `userId` singles out who is changed; 0 for nobody. `ids` are
 * theirs in lists with commas, by `id / BUCKET`.
 */
export type Alike = People & {
  groups: number[];
  direct: number[];
  timed: number[];
  userId: number;
  ids: Map<number, string>;
};

// Ids in one text, so that a million people are twenty of them.
const BUCKET = 50_000;
const NAMES = 20;
// Where other backends have a say each of these people is asked about.
const ASKED = 1000;

type PersonRow = {
  groups: string | null;
  direct: string | null;
  timed: string | null;
  joined: string | null;
  who: number | bigint;
  id: number | bigint | null;
  username: string | null;
  bucket: number | bigint | null;
  ids: string | null;
  total: number | bigint | null;
};

/**
 * Everybody whom changes of these columns may concern, the active ones that are no superusers. One
 * statement, so that who is counted, who is named and whose ids are listed are the same people.
 * Django: no counterpart
 */
export async function peopleIn(
  client: DbClient,
  columns: readonly ColumnChange[],
  { permissionIds, actorId }: { permissionIds: readonly number[]; actorId: number },
): Promise<Alike[]> {
  const ids = (kind: ColumnChange['kind']) => [
    0,
    ...columns.filter((column) => column.kind === kind).map(({ id }) => id),
  ];
  const permissions = Prisma.join([...permissionIds]);
  const users = Prisma.join([actorId, ...ids('user')]);
  const [joined, own, id] = [userGroupsTable(), userPermissionsTable(), userColumn('id', 'u')];
  const timed = timedLists(timedGrants(), { id, permissions, groups: Prisma.join(ids('group')) });
  const rows = await client.$queryRaw<PersonRow[]>`
    WITH person AS MATERIALIZED (
      SELECT ${id} AS id, ${usernameColumn('u')} AS username,
        CASE WHEN ${id} IN (${users}) THEN ${id} ELSE 0 END AS who,
        ${listed('group_id', Prisma.sql`${joined.table} ug WHERE ug.${joined.user} = ${id}`)} AS groups,
        ${listed(
          'permission_id',
          Prisma.sql`${own.table} held
                     WHERE held.${own.user} = ${id} AND held.permission_id IN (${permissions})`,
        )} AS direct, ${timed.permissions} AS timed, ${timed.groups} AS joined
      FROM ${userTable()} u
      WHERE (${id} IN (${Prisma.join(ids('user'))})
          OR ${id} IN (SELECT ug.${joined.user} FROM ${joined.table} ug
                      WHERE ug.group_id IN (${Prisma.join(ids('group'))}))
          ${timed.orMember})
        AND ${userColumn('isActive', 'u')} = ${true} AND ${userColumn('isSuperuser', 'u')} = ${false}
    ), placed AS (
      SELECT person.*,
        ROW_NUMBER() OVER (PARTITION BY groups, direct, timed, joined, who ORDER BY username, id) AS place
      FROM person
    )
    SELECT groups, direct, timed, joined, who, id, username, NULL AS bucket, NULL AS ids, NULL AS total
    FROM placed WHERE place <= ${mostNamed()}
    UNION ALL
    SELECT groups, direct, timed, joined, who, NULL, NULL, id / ${Prisma.raw(String(BUCKET))},
      ${inOrder('id')}, COUNT(*)
    FROM person GROUP BY groups, direct, timed, joined, who, id / ${Prisma.raw(String(BUCKET))}`;
  return alike(rows);
}

/** The people of several kinds as one: whoever has the id `actorId` first, then by name. */
export function together(all: readonly Alike[], actorId: number): People {
  const rank = ({ id }: { id: number }) => (id === actorId ? 0 : 1);
  const first = all
    .flatMap((each) => each.first)
    .sort((a, b) => rank(a) - rank(b) || compare(a.username, b.username));
  const count = all.reduce((sum, each) => sum + each.count, 0);
  return { count, first: first.slice(0, mostNamed()) };
}

/** The ids of the people of several kinds in ascending order, in parts. */
export function* idsOf(all: readonly Alike[]): Generator<number[]> {
  const buckets = new Set(all.flatMap(({ ids }) => [...ids.keys()]));
  for (const bucket of [...buckets].sort((a, b) => a - b)) {
    yield all.flatMap(({ ids }) => numbersIn(ids.get(bucket) ?? null)).sort((a, b) => a - b);
  }
}

// Beside the large tables rather than in one with them, so that these are read by their indexes.
function timedLists(
  grants: readonly Prisma.Sql[],
  { id, permissions, groups }: Record<'id' | 'permissions' | 'groups', Prisma.Sql>,
) {
  const [table] = grants;
  const none = Prisma.sql`CAST(NULL AS text)`;
  if (!table) return { permissions: none, groups: none, orMember: Prisma.empty };
  const of = (which: Prisma.Sql) =>
    Prisma.sql`${table} timed WHERE timed.user_id = ${id} AND ${which}`;
  return {
    permissions: listed('permission_id', of(Prisma.sql`timed.permission_id IN (${permissions})`)),
    groups: listed('group_id', of(Prisma.sql`timed.group_id IS NOT NULL`)),
    orMember: Prisma.sql`
      OR ${id} IN (SELECT timed.user_id FROM ${table} timed WHERE timed.group_id IN (${groups}))`,
  };
}

function mostNamed(): number {
  return onlyTablesDecide() ? NAMES : ASKED;
}

function listed(column: string, from: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT ${inOrder(column)} FROM ${from})`;
}

function inOrder(column: string): Prisma.Sql {
  const name = Prisma.raw(column);
  return databaseProvider() === 'sqlite'
    ? Prisma.sql`group_concat(${name}, ',' ORDER BY ${name})`
    : Prisma.sql`string_agg(${name}::text, ',' ORDER BY ${name})`;
}

function alike(rows: readonly PersonRow[]): Alike[] {
  const found = new Map<string, Alike>();
  for (const { groups, direct, timed, joined, who, id, username, bucket, ids, total } of rows) {
    const key = `${groups}/${direct}/${timed}/${joined}/${who}`;
    const known = found.get(key) ?? {
      groups: [...new Set([...numbersIn(groups), ...numbersIn(joined)])],
      direct: numbersIn(direct),
      timed: numbersIn(timed),
      userId: Number(who),
      count: 0,
      first: [],
      ids: new Map<number, string>(),
    };
    found.set(key, known);
    if (id !== null && username !== null) known.first.push({ id: Number(id), username });
    if (ids === null) continue;
    known.ids.set(Number(bucket), ids);
    known.count += Number(total);
  }
  return [...found.values()];
}

function numbersIn(text: string | null): number[] {
  return text === null ? [] : text.split(',').map(Number);
}
