import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { databaseProvider, db, Prisma } from '@/lib/db/client';

/** A permission by its id, its name in code, `app.codename`, and its label. */
export type MatrixPermission = { id: number; perm: string; name: string };

/** A model with its permissions. */
export type MatrixModel = { label: string; name: string; permissions: MatrixPermission[] };

/** An app with its models. */
export type MatrixApp = { label: string; name: string; models: MatrixModel[] };

/** What holds permissions: a group, or a user by themselves. `held` are ids of permissions. */
export type MatrixColumn = {
  kind: 'group' | 'user';
  id: number;
  name: string;
  held: ReadonlySet<number>;
};

/** A group and how many are in it, inactive ones too. */
export type GroupColumn = MatrixColumn & { kind: 'group'; members: number };

/** One user, what is granted to them directly, and their groups, by name. */
export type UserColumns = {
  user: MatrixColumn & { kind: 'user'; isActive: boolean; isSuperuser: boolean };
  groups: GroupColumn[];
};

type GroupRow = {
  id: number | bigint;
  name: string;
  members: number | bigint;
  held: string | null;
};

/**
 * Every permission in the database under its app and model, by label, in Django's order. Models that
 * no installed app declares keep the names that they have there.
 * Django: Permission.objects.all(), ordered as its Meta
 */
export async function loadMatrixApps(): Promise<MatrixApp[]> {
  const rows = await db.$queryRaw<
    { id: number | bigint; app: string; model: string; codename: string; name: string }[]
  >`
    SELECT p.id, ct.app_label AS app, ct.model, p.codename, p.name
    FROM auth_permission p JOIN django_content_type ct ON ct.id = p.content_type_id`;
  // In the application, because the two databases sort texts differently.
  rows.sort(
    (a, b) => compare(a.app, b.app) || compare(a.model, b.model) || compare(a.codename, b.codename),
  );
  const apps = new Map<string, MatrixApp>();
  for (const { id, app: label, model, codename, name } of rows) {
    const app = apps.get(label) ?? newApp(label);
    apps.set(label, app);
    const last = app.models.at(-1);
    const current = last?.label === model ? last : newModel(label, model);
    if (current !== last) app.models.push(current);
    current.permissions.push({ id: Number(id), perm: `${label}.${codename}`, name });
  }
  return [...apps.values()];
}

/**
 * Groups by name, each with what it holds and how many are in it: all of them, or those of the ids.
 * One statement.
 * Django: no counterpart
 */
export async function loadGroupColumns(ids?: readonly number[]): Promise<GroupColumn[]> {
  if (ids?.length === 0) return [];
  const wanted = ids ? Prisma.sql`WHERE g.id IN (${Prisma.join([...ids])})` : Prisma.empty;
  const heldIds =
    databaseProvider() === 'sqlite'
      ? Prisma.sql`group_concat(gp.permission_id)`
      : Prisma.sql`string_agg(gp.permission_id::text, ',')`;
  const rows = await db.$queryRaw<GroupRow[]>`
    SELECT g.id, g.name,
      (SELECT COUNT(*) FROM auth_user_groups ug WHERE ug.group_id = g.id) AS members,
      (SELECT ${heldIds} FROM auth_group_permissions gp WHERE gp.group_id = g.id) AS held
    FROM auth_group g ${wanted}`;
  return rows
    .map(({ id, name, members, held }) => ({
      kind: 'group' as const,
      id: Number(id),
      name,
      members: Number(members),
      held: new Set(held?.split(',').map(Number)),
    }))
    .sort((a, b) => compare(a.name, b.name));
}

/** A user with what they hold by themselves, and their groups; null when there is none. */
export async function loadUserColumns(id: number): Promise<UserColumns | null> {
  const row = await db.user.findUnique({
    where: { id },
    select: {
      username: true,
      isActive: true,
      isSuperuser: true,
      groups: { select: { groupId: true } },
      userPermissions: { select: { permissionId: true } },
    },
  });
  if (!row) return null;
  const { username, isActive, isSuperuser } = row;
  const held = new Set(row.userPermissions.map(({ permissionId }) => permissionId));
  return {
    user: { kind: 'user', id, name: username, held, isActive, isSuperuser },
    groups: await loadGroupColumns(row.groups.map(({ groupId }) => groupId)),
  };
}

function newApp(label: string): MatrixApp {
  const declared = declaredModels(APPS).find(({ appLabel }) => appLabel === label);
  return { label, name: declared?.appVerboseName ?? label, models: [] };
}

function newModel(appLabel: string, label: string): MatrixModel {
  const declared = declaredModels(APPS).find(
    (each) => each.appLabel === appLabel && each.model === label,
  );
  return { label, name: declared?.declaration.verboseName ?? label, permissions: [] };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
