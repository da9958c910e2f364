import { type AppGroup, groupByModel } from '@/lib/contrib/auth/permissions/by-model';
import { memberCount } from '@/lib/contrib/auth/permissions/group-members';
import {
  type CataloguedPermission,
  loadCatalogue,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { groupsOf, ownPermissionsOf } from '@/lib/contrib/auth/users/user-joins';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { compare } from '@/lib/core/compare';
import { databaseProvider, db, Prisma } from '@/lib/db/client';

/** An app with its models and their permissions. */
export type MatrixApp = AppGroup<CataloguedPermission>;

/** What holds permissions: a group, or a user by themselves. `held` are ids of permissions. */
export type MatrixColumn = {
  kind: 'group' | 'user';
  id: number;
  name: string;
  held: ReadonlySet<number>;
};

/** A group and how many are in it, inactive ones too: one more than ten thousand stands for all beyond. */
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
  return groupByModel(await loadCatalogue());
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
      ${memberCount(Prisma.sql`g.id`)} AS members,
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
  const user = await findUser(getUserModel(), 'id', id);
  if (!user) return null;
  const { username, isActive, isSuperuser } = user;
  const held = new Set(await ownPermissionsOf(db, id));
  return {
    user: { kind: 'user', id, name: username, held, isActive, isSuperuser },
    groups: await loadGroupColumns(await groupsOf(db, id)),
  };
}
