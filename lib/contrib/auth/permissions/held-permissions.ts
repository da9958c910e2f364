import type { User } from '@/lib/contrib/auth/users/user';
import { compare } from '@/lib/core/compare';
import { type DbClient, db, Prisma, readRows } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type HeldPermission, hasSource, type Source } from './sources';
import { momentOf, type TimedGrant, timedGrants } from './timed-grants';

/**
 * What the database grants to one user. Permissions are by `app.codename`, in Django's order; of the
 * groups, those have `timed` in which somebody is for a time only.
 */
export type Grants = {
  groups: { id: number; name: string; timed?: TimedGrant }[];
  permissions: ReadonlyMap<string, HeldPermission>;
};

// `group_*` are null for a permission that comes from no group, the rest for a group that holds none;
// `owner` for one of those that there are, which superusers hold.
type GrantRow = {
  owner: number | bigint | null;
  group_id: number | bigint | null;
  group_name: string | null;
  app_label: string | null;
  model: string | null;
  codename: string | null;
  name: string | null;
  timed_id?: number | bigint | null;
  until?: string | null;
  granter?: string | null;
  reason?: string | null;
};

const loaded = new WeakMap<User, Promise<Grants>>();

/**
 * The user's groups and permissions with their sources, read in one statement and kept for as long
 * as this instance of the user lives, normally one request. A superuser holds every permission
 * there is, whatever is granted. What is granted for a time counts if it does at `now`. Inside a
 * transaction give its client.
 * Django: contrib/auth/backends.py ModelBackend (_user_perm_cache, _group_perm_cache)
 */
export function loadGrants(user: User, client: DbClient = db, now = new Date()): Promise<Grants> {
  const known = loaded.get(user);
  if (known) return known;
  const loading = queryGrants([user], client, now).then((grants) => grants(user));
  loaded.set(user, loading);
  void loading.catch(() => loaded.delete(user));
  return loading;
}

/**
 * Read the same of all these users in one statement, so that `loadGrants` costs none for any of them. No
 * more than a page of them: each value of the statement is one of their ids.
 */
export async function loadGrantsOfAll(users: readonly User[], now = new Date()): Promise<void> {
  if (users.length === 0) return;
  const grants = await queryGrants(users, db, now);
  for (const user of users) presetGrants(user, grants(user));
}

/**
 * Let `loadGrants` answer with these for an instance of a user: for one that is only asked what it
 * would hold.
 */
export function presetGrants(user: User, grants: Grants): void {
  loaded.set(user, Promise.resolve(grants));
}

async function queryGrants(
  users: readonly User[],
  client: DbClient,
  now: Date,
): Promise<(user: User) => Grants> {
  const timed = timedGrants(now);
  const none = timed.length > 0 ? NOT_TIMED : Prisma.empty;
  const parts = [
    ...permissionsSelects(users, none),
    ...groupsSelect(users, none),
    ...timed.map((table) => timedSelect(users, table)),
  ];
  const rows =
    parts.length > 0 ? await readRows<GrantRow>(Prisma.join(parts, ' UNION ALL '), client) : [];
  return ({ id, isSuperuser }) => {
    const own = rows.filter(({ owner }) => (owner === null ? isSuperuser : Number(owner) === id));
    return { groups: groupsOf(own), permissions: permissionsOf(own, isSuperuser) };
  };
}

const idsOf = (users: readonly User[]) => Prisma.join(users.map(({ id }) => id));

// PostgreSQL takes a bare NULL for text.
const NOT_TIMED = Prisma.sql`, CAST(NULL AS integer) AS timed_id, CAST(NULL AS text) AS until,
  CAST(NULL AS text) AS granter, CAST(NULL AS text) AS reason`;

function permissionsSelects(users: readonly User[], none: Prisma.Sql): Prisma.Sql[] {
  const others = users.filter(({ isSuperuser }) => !isSuperuser);
  const join = others[0]?.meta.userPermissions;
  const noGroup = Prisma.sql`CAST(NULL AS integer) AS group_id, CAST(NULL AS text) AS group_name,
    ct.app_label, ct.model, p.codename, p.name${none}
    FROM auth_permission p JOIN django_content_type ct ON ct.id = p.content_type_id`;
  return [
    ...(others.length < users.length
      ? [Prisma.sql`SELECT CAST(NULL AS bigint) AS owner, ${noGroup}`]
      : []),
    ...(join
      ? [
          Prisma.sql`
    SELECT CAST(held.${identifier(join.column)} AS bigint) AS owner, ${noGroup}
    JOIN ${identifier(join.table)} held ON held.permission_id = p.id
    WHERE held.${identifier(join.column)} IN (${idsOf(others)})`,
        ]
      : []),
  ];
}

function groupsSelect(users: readonly User[], none: Prisma.Sql): Prisma.Sql[] {
  const groups = users[0]?.meta.groups;
  if (!groups) return [];
  return [
    Prisma.sql`
    SELECT CAST(ug.${identifier(groups.column)} AS bigint) AS owner,
      g.id AS group_id, g.name AS group_name, ct.app_label, ct.model, p.codename, p.name${none}
    FROM ${identifier(groups.table)} ug
    JOIN auth_group g ON g.id = ug.group_id
    LEFT JOIN auth_group_permissions gp ON gp.group_id = g.id
    LEFT JOIN auth_permission p ON p.id = gp.permission_id
    LEFT JOIN django_content_type ct ON ct.id = p.content_type_id
    WHERE ug.${identifier(groups.column)} IN (${idsOf(users)})`,
  ];
}

function timedSelect(users: readonly User[], table: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT CAST(timed.user_id AS bigint) AS owner,
      g.id AS group_id, g.name AS group_name, ct.app_label, ct.model, p.codename, p.name,
      timed.id AS timed_id, CAST(timed.until AS text) AS until, timed.granter, timed.reason
    FROM ${table} timed
    LEFT JOIN auth_group g ON g.id = timed.group_id
    LEFT JOIN auth_group_permissions gp ON gp.group_id = g.id
    LEFT JOIN auth_permission p ON p.id = COALESCE(timed.permission_id, gp.permission_id)
    LEFT JOIN django_content_type ct ON ct.id = p.content_type_id
    WHERE timed.user_id IN (${idsOf(users)})`;
}

function groupsOf(rows: GrantRow[]): Grants['groups'] {
  const groups = new Map<number, Grants['groups'][number]>();
  for (const row of rows) {
    const { group_id, group_name } = row;
    if (group_id === null || group_name === null) continue;
    const group = { id: Number(group_id), name: group_name, ...timedOf(row) };
    // Who is in a group for good is not in it for a time.
    if (!group.timed || !groups.has(group.id)) groups.set(group.id, group);
  }
  return [...groups.values()].sort((a, b) => compare(a.name, b.name));
}

function timedOf(row: GrantRow): { timed?: TimedGrant } {
  if (!row.timed_id || !row.until) return {};
  const { granter, reason } = row;
  const until = momentOf(row.until);
  return {
    timed: { id: Number(row.timed_id), until, granter: granter ?? '', reason: reason ?? '' },
  };
}

function permissionsOf(rows: GrantRow[], isSuperuser: boolean): Grants['permissions'] {
  const permissions = new Map<string, HeldPermission>();
  for (const row of rows.toSorted(inDjangosOrder)) {
    const isBesides = row.group_id !== null || row.timed_id;
    if (row.codename === null || (isSuperuser && isBesides)) continue;
    const perm = `${row.app_label}.${row.codename}`;
    const held = permissions.get(perm) ?? { perm, name: row.name ?? '', sources: [] };
    permissions.set(perm, held);
    const source = sourceOf(row, isSuperuser);
    // Two models of one app may have a permission of one codename; a source counts once.
    if (!hasSource(held.sources, source)) held.sources.push(source);
  }
  return permissions;
}

function sourceOf(row: GrantRow, isSuperuser: boolean): Source {
  if (isSuperuser) return { kind: 'superuser' };
  const { group_id, group_name } = row;
  if (group_id === null) return { kind: 'direct', ...timedOf(row) };
  return { kind: 'group', id: Number(group_id), name: group_name ?? '', ...timedOf(row) };
}

// App, model and codename as Permission.Meta.ordering; then the user's own grant, then the groups.
// In the application, because the two databases sort texts differently.
function inDjangosOrder(a: GrantRow, b: GrantRow): number {
  const columns = ['app_label', 'model', 'codename', 'group_name'] as const;
  const differing = columns.find((column) => a[column] !== b[column]);
  return differing ? compare(a[differing] ?? '', b[differing] ?? '') : 0;
}
