import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { strOf, visibleIds } from '@/lib/contrib/admin/rows';
import { rowsFound } from '@/lib/contrib/admin/search/rows-found';
import { searchError } from '@/lib/contrib/admin/search/search';
import type { User } from '@/lib/contrib/auth/models';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import {
  userColumn,
  userGroupsTable,
  usernameColumn,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { db, Prisma } from '@/lib/db/client';

/** Somebody in a group. */
export type Member = { id: number; username: string; isActive: boolean; isSuperuser: boolean };

const PER_PAGE = 100;

type Row = { id: number | bigint; username: string; active: boolean; super: boolean };

/**
 * Who is in a group, by name, a hundred to a page, of those whom the viewer may see. One statement.
 * Django: Group.user_set
 */
export async function groupMembers(
  viewer: User,
  admin: ModelAdmin,
  { groupId, page }: { groupId: number; page: number },
): Promise<{ members: Member[]; hasNext: boolean }> {
  const { table, user } = userGroupsTable();
  const visible = (await admin.options.getQueryset?.(viewer)) ?? Prisma.sql`TRUE`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${userColumn('id', 't')} AS id, ${usernameColumn('t')} AS username,
      ${userColumn('isActive', 't')} AS active, ${userColumn('isSuperuser', 't')} AS super
    FROM ${table} ug JOIN ${userTable()} t ON ${userColumn('id', 't')} = ug.${user}
    WHERE ug.group_id = ${groupId} AND (${visible})
    ORDER BY ${usernameColumn('t')}, ${userColumn('id', 't')}
    LIMIT ${PER_PAGE + 1} OFFSET ${(page - 1) * PER_PAGE}`;
  const members = rows.slice(0, PER_PAGE).map((row) => ({
    id: Number(row.id),
    username: row.username,
    isActive: Boolean(row.active),
    isSuperuser: Boolean(row.super),
  }));
  return { members, hasNext: rows.length > PER_PAGE };
}

/** Somebody whom a search found, and whether they are in the group already. */
export type Candidate = Pick<Member, 'id' | 'username' | 'isActive'> & { isMember: boolean };

const MOST_FOUND = 20;

/**
 * Whom a search for people finds, of those whom the viewer may see, twenty at most: to be put into a
 * group. None for a search that is none. Two statements.
 * Django: no counterpart; AutocompleteJsonView
 */
export async function candidatesFor(
  viewer: User,
  admin: ModelAdmin,
  { groupId, search }: { groupId: number; search: string },
): Promise<Candidate[]> {
  if (searchError(search) !== null) return [];
  const found = await rowsFound(viewer, admin, search, MOST_FOUND);
  if (found.length === 0) return [];
  const { table, user } = userGroupsTable();
  const ids = found.map(({ id }) => Number(id));
  const rows = await db.$queryRaw<{ id: number | bigint }[]>`
    SELECT ug.${user} AS id FROM ${table} ug
    WHERE ug.group_id = ${groupId} AND ug.${user} IN (${Prisma.join(ids)})`;
  const members = new Set(rows.map(({ id }) => Number(id)));
  return found.map((row) => ({
    id: Number(row.id),
    username: strOf(admin, row),
    isActive: row['isActive'] !== false,
    isMember: members.has(Number(row.id)),
  }));
}

/** The id of the user of this name, if the viewer may see them; else null. */
export async function visibleUserNamed(
  viewer: User,
  admin: ModelAdmin,
  username: string,
): Promise<number | null> {
  const user = await findUserByName(username);
  if (!user) return null;
  const [visible] = await visibleIds(db, admin, [user.id], viewer);
  return visible === undefined ? null : user.id;
}
