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
import type { HolderChange, Status } from './holder-change';

/** People whom a change affects: how many, and the first of them by name. */
export type People = { count: number; first: { id: number; username: string }[] };

/**
 * People who are in the same groups and hold the same of these permissions by themselves: what
 * changes for one changes for all. `timed` are those of the permissions that they hold by themselves
 * for a time, `timedGroups` those of the groups that they are in for a time: no change takes these.
 * `userId` singles out who is changed; 0 for nobody. `ids` are theirs in lists with commas, by
 * `id / BUCKET`.
 */
export type Alike = People & {
  groups: number[];
  direct: number[];
  timed: number[];
  timedGroups: number[];
  userId: number;
  status: Status;
  ids: Map<number, string>;
};

// Ids in one text, so that a million people are twenty of them.
const BUCKET = 50_000;
const NAMES = 200;
// Where other backends have a say each of these people is asked about.
const ASKED = 1000;

type PersonRow = {
  groups: string | null;
  direct: string | null;
  timed: string | null;
  joined: string | null;
  who: number | bigint;
  active: number | bigint;
  staff: number | bigint;
  super: number | bigint;
  id: number | bigint | null;
  username: string | null;
  bucket: number | bigint | null;
  ids: string | null;
  total: number | bigint | null;
};

/**
 * Everybody whom these changes may concern: who is changed themselves, and of the members of groups
 * the active ones that are no superusers. One statement, so that who is counted, who is named and
 * whose ids are listed are the same people.
 * Django: no counterpart
 */
export async function peopleIn(
  client: DbClient,
  changes: readonly Pick<HolderChange, 'kind' | 'id'>[],
  { permissionIds, actorId }: { permissionIds: readonly number[]; actorId: number },
): Promise<Alike[]> {
  const ids = (kind: HolderChange['kind']) => [
    0,
    ...changes.filter((change) => change.kind === kind).map(({ id }) => id),
  ];
  const permissions = Prisma.join([0, ...permissionIds]);
  const users = Prisma.join([actorId, ...ids('user')]);
  const [joined, own, id] = [userGroupsTable(), userPermissionsTable(), userColumn('id', 'u')];
  const [active, superuser] = [userColumn('isActive', 'u'), userColumn('isSuperuser', 'u')];
  const kinds = Prisma.raw('groups, direct, timed, joined, who, active, staff, super');
  const timed = timedLists(timedGrants(), { id, permissions, groups: Prisma.join(ids('group')) });
  const rows = await client.$queryRaw<PersonRow[]>`
    WITH person AS MATERIALIZED (
      SELECT ${id} AS id, ${usernameColumn('u')} AS username,
        CASE WHEN ${id} IN (${users}) THEN ${id} ELSE 0 END AS who,
        CASE WHEN ${active} = ${true} THEN 1 ELSE 0 END AS active,
        CASE WHEN ${id} IN (${users}) AND ${userColumn('isStaff', 'u')} = ${true} THEN 1 ELSE 0 END AS staff,
        CASE WHEN ${superuser} = ${true} THEN 1 ELSE 0 END AS super,
        ${listed('group_id', Prisma.sql`${joined.table} ug WHERE ug.${joined.user} = ${id}`)} AS groups,
        ${listed(
          'permission_id',
          Prisma.sql`${own.table} held
                     WHERE held.${own.user} = ${id} AND held.permission_id IN (${permissions})`,
        )} AS direct, ${timed.permissions} AS timed, ${timed.groups} AS joined
      FROM ${userTable()} u
      WHERE ${id} IN (${Prisma.join(ids('user'))})
        OR ((${id} IN (SELECT ug.${joined.user} FROM ${joined.table} ug
                       WHERE ug.group_id IN (${Prisma.join(ids('group'))}))
            ${timed.orMember})
            AND ${active} = ${true} AND ${superuser} = ${false})
    ), placed AS (
      SELECT person.*,
        ROW_NUMBER() OVER (PARTITION BY ${kinds} ORDER BY username, id) AS place
      FROM person
    )
    SELECT ${kinds}, id, username, NULL AS bucket, NULL AS ids, NULL AS total
    FROM placed WHERE place <= ${mostNamed()}
    UNION ALL
    SELECT ${kinds}, NULL, NULL, id / ${Prisma.raw(String(BUCKET))},
      ${inOrder('id')}, COUNT(*)
    FROM person GROUP BY ${kinds}, id / ${Prisma.raw(String(BUCKET))}`;
  return alike(rows);
}

/** The people of several kinds as one: whoever has the id `actorId` first, then by name. */
export function together(all: readonly Alike[], actorId: number): People {
  const rank = ({ id }: { id: number }) => (id === actorId ? 0 : 1);
  const first = all
    .flatMap((each) => each.first)
    .sort((a, b) => rank(a) - rank(b) || compare(a.username, b.username));
  return { count: numberOf(all), first: first.slice(0, mostNamed()) };
}

/** How many people of several kinds there are. */
export function numberOf(all: Iterable<Alike>): number {
  let sum = 0;
  for (const { count } of all) sum += count;
  return sum;
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
  for (const row of rows) {
    const { groups, direct, timed, joined, who, id, username, bucket, ids, total } = row;
    const status = {
      isActive: Number(row.active) === 1,
      isStaff: Number(row.staff) === 1,
      isSuperuser: Number(row.super) === 1,
    };
    const key = [groups, direct, timed, joined, who, ...Object.values(status)].join('/');
    const known = found.get(key) ?? {
      groups: [...new Set([...numbersIn(groups), ...numbersIn(joined)])],
      direct: numbersIn(direct),
      timed: numbersIn(timed),
      timedGroups: numbersIn(joined),
      userId: Number(who),
      status,
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
