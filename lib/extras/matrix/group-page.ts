import { searchCondition, searchError } from '@/lib/contrib/admin/search/search';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import type { User } from '@/lib/contrib/auth/models';
import { memberCount } from '@/lib/contrib/auth/permissions/group-members';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { GROUPS_PER_PAGE, type MatrixView } from './matrix-view';
import type { GroupColumn } from './permission-matrix';

/** The groups that a view of the matrix shows side by side, and how many there are. */
export type GroupPage = {
  groups: GroupColumn[];
  /** All that the search finds, or the chosen ones. */
  total: number;
  pageCount: number;
  /** What is wrong with the search; null if nothing is. */
  error: string | null;
  /** The groups from which columns are chosen: the chosen ones first, then what the search finds. */
  choices: { id: number; name: string }[];
};

type Row = {
  total: number | bigint;
  id: number | bigint | null;
  name: string | null;
  members: number | bigint;
  held: string | null;
};

/**
 * One page of the groups that the viewer may see, by name, each with what it holds and how many are in
 * it: the chosen ones, or those that the search finds. One statement, and one more for the choices
 * beside chosen ones, however many groups there are.
 * Django: no counterpart
 */
export async function loadGroupPage(viewer: User, view: MatrixView): Promise<GroupPage> {
  const { only, page } = view;
  const error = searchError(view.groups);
  const visible = await groupAdmin.options.getQueryset?.(viewer);
  const found = error ? Prisma.sql`FALSE` : searchCondition(groupAdmin, view.groups);
  if (only.length === 0) {
    const rows = await groupRows(whereAll(visible, found), page);
    const [first] = rows;
    const groups = rows.flatMap(columnOf);
    return { groups, ...sizeOf(Number(first?.total ?? 0)), error, choices: groups.map(nameOf) };
  }
  const chosen = Prisma.sql`t.id IN (${Prisma.join([...only])})`;
  const groups = (await groupRows(whereAll(visible, chosen), 1)).flatMap(columnOf);
  const others = await otherNames(whereAll(visible, found, Prisma.sql`NOT ${chosen}`), page);
  const choices = [...groups.map(nameOf), ...others];
  return { groups, total: groups.length, pageCount: 1, error, choices };
}

// The page is cut before anything is counted or joined in it. Code units order alike on both databases.
async function groupRows(where: Prisma.Sql, page: number): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    WITH found AS (SELECT t.id, t.name FROM auth_group t WHERE ${where}),
    part AS (
      SELECT id, name FROM found ORDER BY ${byName()}, id
      LIMIT ${GROUPS_PER_PAGE} OFFSET ${(page - 1) * GROUPS_PER_PAGE}
    )
    SELECT size.total, part.id, part.name,
      ${memberCount(Prisma.sql`part.id`)} AS members,
      (SELECT ${heldIds()} FROM auth_group_permissions gp WHERE gp.group_id = part.id) AS held
    FROM (SELECT COUNT(*) AS total FROM found) size LEFT JOIN part ON TRUE
    ORDER BY ${byName('part.')}, part.id`;
}

async function otherNames(where: Prisma.Sql, page: number) {
  const rows = await db.$queryRaw<{ id: number | bigint; name: string }[]>`
    SELECT t.id, t.name FROM auth_group t WHERE ${where} ORDER BY ${byName('t.')}, t.id
    LIMIT ${GROUPS_PER_PAGE} OFFSET ${(page - 1) * GROUPS_PER_PAGE}`;
  return rows.map(({ id, name }) => ({ id: Number(id), name }));
}

function whereAll(...conditions: (Prisma.Sql | null | undefined)[]): Prisma.Sql {
  const given = conditions.flatMap((each) => (each ? [Prisma.sql`(${each})`] : []));
  return given.length > 0 ? Prisma.join(given, ' AND ') : Prisma.sql`TRUE`;
}

function byName(table = ''): Prisma.Sql {
  return Prisma.raw(`${table}name${databaseProvider() === 'sqlite' ? '' : ' COLLATE "C"'}`);
}

function heldIds(): Prisma.Sql {
  return databaseProvider() === 'sqlite'
    ? Prisma.sql`group_concat(gp.permission_id)`
    : Prisma.sql`string_agg(gp.permission_id::text, ',')`;
}

function columnOf({ id, name, members, held }: Row): GroupColumn[] {
  if (id === null || name === null) return [];
  const permissions = new Set(held?.split(',').map(Number));
  return [{ kind: 'group', id: Number(id), name, members: Number(members), held: permissions }];
}

function nameOf({ id, name }: GroupColumn) {
  return { id, name };
}

function sizeOf(total: number) {
  return { total, pageCount: Math.max(1, Math.ceil(total / GROUPS_PER_PAGE)) };
}
