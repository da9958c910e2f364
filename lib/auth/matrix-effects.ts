import { type DbClient, databaseProvider, Prisma } from '@/lib/db/client';
import { getBackends } from './backends';
import { ModelBackend } from './backends/model';
import type { ColumnChange } from './matrix-changes';

/** People whom a change affects: how many, and the first of them by name. */
export type People = { count: number; first: { id: number; username: string }[] };

/** Who can do something after a change that they could not do before, and the other way round. */
export type MatrixEffect = { perm: string; gains: People; losses: People; fingerprint: string };

/**
 * People who are in the same groups and hold the same of these permissions by themselves: what
 * changes for one changes for all. `sum` adds up their ids. `userId` singles out who is changed.
 */
type Alike = People & { groups: number[]; direct: number[]; userId: number; sum: number };

type PersonRow = {
  id: number | bigint;
  username: string;
  groups: string | null;
  direct: string | null;
  who: number | bigint;
  total: number | bigint;
  sum: string;
};

/** Permissions by the group, or user, that holds them. */
type Held = Map<number, Set<number>>;

const NAMES = 20;
// Where other backends have a say each of these people is asked about.
const ASKED = 1000;

/**
 * Who gains and who loses each permission by these changes, judged by the tables as ModelBackend
 * judges: a person gains only what nothing else gave them before, and loses only what nothing else
 * gives them after. Inactive people and superusers neither gain nor lose. Whoever has the id
 * `actorId` comes first. Three statements, however many cells change.
 * Django: no counterpart; contrib/auth/backends.py ModelBackend.with_perm, before and after
 */
export async function matrixEffects(
  client: DbClient,
  columns: readonly ColumnChange[],
  actorId: number,
): Promise<MatrixEffect[]> {
  const named = columns.flatMap(({ given, taken }) => [...given, ...taken]);
  if (named.length === 0) return [];
  const twins = await idsByName(client, new Set(named.map(({ perm }) => perm)));
  const ids = [...twins.values()].flat();
  const before = await heldByGroups(client, ids);
  const after = changed(before, columns, 'group');
  const people = await peopleIn(client, columns, ids, actorId);
  return [...twins].map(([perm, same]) => {
    const has = (held: Held, id: number) => same.some((each) => held.get(id)?.has(each));
    const gains: Alike[] = [];
    const losses: Alike[] = [];
    for (const alike of people) {
      const own = new Map([[alike.userId, new Set(alike.direct)]]);
      const owned = changed(own, columns, 'user');
      const did = has(own, alike.userId) || alike.groups.some((id) => has(before, id));
      const does = has(owned, alike.userId) || alike.groups.some((id) => has(after, id));
      if (did !== does) (does ? gains : losses).push(alike);
    }
    const fingerprint = `${perm} ${[gains, losses].map(fingerprintOf).join(' ')}`;
    return {
      perm,
      gains: together(gains, actorId),
      losses: together(losses, actorId),
      fingerprint,
    };
  });
}

/** Whether permissions come from the tables alone, so that a statement can tell who has them. */
export function onlyTablesDecide(): boolean {
  return getBackends().every((backend) => backend instanceof ModelBackend);
}

// Two models of one app may have a permission of one codename: asked for, they are the same.
async function idsByName(
  client: DbClient,
  perms: ReadonlySet<string>,
): Promise<Map<string, number[]>> {
  const rows = await client.$queryRaw<{ id: number | bigint; perm: string }[]>`
    SELECT p.id, ct.app_label || '.' || p.codename AS perm FROM auth_permission p
    JOIN django_content_type ct ON ct.id = p.content_type_id`;
  const ids = new Map([...perms].sort().map((perm) => [perm, [] as number[]]));
  for (const { id, perm } of rows) ids.get(perm)?.push(Number(id));
  return ids;
}

async function heldByGroups(client: DbClient, ids: readonly number[]): Promise<Held> {
  const rows = await client.$queryRaw<{ group_id: number; permission_id: number }[]>`
    SELECT group_id, permission_id FROM auth_group_permissions
    WHERE permission_id IN (${Prisma.join([...ids])})`;
  const held: Held = new Map();
  for (const { group_id, permission_id } of rows) {
    const own = held.get(Number(group_id)) ?? new Set();
    held.set(Number(group_id), own.add(Number(permission_id)));
  }
  return held;
}

function changed(held: Held, columns: readonly ColumnChange[], kind: 'group' | 'user'): Held {
  const next = new Map(held);
  for (const column of columns) {
    if (column.kind !== kind || (kind === 'user' && !held.has(column.id))) continue;
    const own = new Set(held.get(column.id));
    for (const { id } of column.given) own.add(id);
    for (const { id } of column.taken) own.delete(id);
    next.set(column.id, own);
  }
  return next;
}

async function peopleIn(
  client: DbClient,
  columns: readonly ColumnChange[],
  permissionIds: readonly number[],
  actorId: number,
): Promise<Alike[]> {
  const ids = (kind: ColumnChange['kind']) => [
    0,
    ...columns.filter((column) => column.kind === kind).map(({ id }) => id),
  ];
  const limit = onlyTablesDecide() ? NAMES : ASKED;
  const permissions = Prisma.join([...permissionIds]);
  const users = Prisma.join([actorId, ...ids('user')]);
  const rows = await client.$queryRaw<PersonRow[]>`
    SELECT * FROM (
      SELECT id, username, groups, direct, who,
        ROW_NUMBER() OVER (PARTITION BY groups, direct, who ORDER BY username, id) AS place,
        COUNT(*) OVER (PARTITION BY groups, direct, who) AS total,
        CAST(SUM(id) OVER (PARTITION BY groups, direct, who) AS text) AS sum
      FROM (
        SELECT u.id, u.username, CASE WHEN u.id IN (${users}) THEN u.id ELSE 0 END AS who,
          ${listed('group_id', Prisma.sql`auth_user_groups WHERE user_id = u.id`)} AS groups,
          ${listed(
            'permission_id',
            Prisma.sql`auth_user_user_permissions
                       WHERE user_id = u.id AND permission_id IN (${permissions})`,
          )} AS direct
        FROM auth_user u
        WHERE (u.id IN (${Prisma.join(ids('user'))})
            OR u.id IN (SELECT user_id FROM auth_user_groups
                        WHERE group_id IN (${Prisma.join(ids('group'))})))
          AND u.is_active = ${true} AND u.is_superuser = ${false}
      ) AS person
    ) AS placed
    WHERE place <= ${limit}`;
  return alike(rows);
}

function listed(column: string, from: Prisma.Sql): Prisma.Sql {
  const name = Prisma.raw(column);
  return databaseProvider() === 'sqlite'
    ? Prisma.sql`(SELECT group_concat(${name}) FROM (SELECT ${name} FROM ${from} ORDER BY ${name}))`
    : Prisma.sql`(SELECT string_agg(${name}::text, ',' ORDER BY ${name}) FROM ${from})`;
}

function alike(rows: readonly PersonRow[]): Alike[] {
  const found = new Map<string, Alike>();
  for (const { id, username, groups, direct, who, total, sum } of rows) {
    const key = `${groups}/${direct}/${who}`;
    const known = found.get(key) ?? {
      groups: numbersIn(groups),
      direct: numbersIn(direct),
      userId: Number(who),
      count: Number(total),
      sum: Number(sum),
      first: [],
    };
    found.set(key, known);
    known.first.push({ id: Number(id), username });
  }
  return [...found.values()];
}

function together(all: readonly Alike[], actorId: number): People {
  const first = all
    .flatMap((alike) => alike.first)
    .sort((a, b) => rank(a) - rank(b) || compare(a.username, b.username));
  const count = all.reduce((sum, alike) => sum + alike.count, 0);
  return { count, first: first.slice(0, onlyTablesDecide() ? NAMES : ASKED) };

  function rank({ id }: { id: number }): number {
    return id === actorId ? 0 : 1;
  }
}

function fingerprintOf(all: readonly Alike[]): string {
  const [count, sum] = [
    all.reduce((total, alike) => total + alike.count, 0),
    all.reduce((total, alike) => total + alike.sum, 0),
  ];
  return `${count}:${sum}`;
}

function numbersIn(text: string | null): number[] {
  return text === null ? [] : text.split(',').map(Number);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
