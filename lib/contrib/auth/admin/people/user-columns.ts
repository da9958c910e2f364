import type { PageColumn } from '@/lib/contrib/admin/list/list-options';
import type { RichCell } from '@/lib/contrib/admin/list/shown/rich-cells';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { holdsPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, Column, Row } from '@/lib/contrib/admin/options';
import { User } from '@/lib/contrib/auth/models';
import { groupNamesSeenBy } from '@/lib/contrib/auth/permissions/visible-groups';
import { getUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { userGroupsTable } from '@/lib/contrib/auth/users/user-table';
import { db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';

/** Groups that a row names; the rest is a number. */
const MOST_CHIPS = 3;

/**
 * The columns of the list of users. The first five are Django's, in its order, so that `o` means the
 * same: the name has the address and the parts of the name in it, and the role stands for `is_staff`.
 * Django: UserAdmin.list_display
 */
export function userColumns(
  model: UserModel,
  has: (names: readonly string[]) => string[],
): readonly (string | Column<Row> | PageColumn<Row, AdminUser>)[] {
  const { USERNAME_FIELD, EMAIL_FIELD } = model;
  const listed = (name: string, column: Column<Row>) => (has([name]).length > 0 ? [column] : []);
  const stacked = stackedColumns(model, has);
  return [
    stacked.length > 0 ? personColumn(USERNAME_FIELD, EMAIL_FIELD) : USERNAME_FIELD,
    ...stacked,
    ...listed('isStaff', roleColumn),
    ...(model.groups ? [groupsColumn] : []),
    ...listed('lastLogin', lastLoginColumn),
    ...listed('isActive', statusColumn),
  ];
}

/** What of a person stands with their name. */
export function stackedColumns(
  { USERNAME_FIELD, EMAIL_FIELD }: UserModel,
  has: (names: readonly string[]) => string[],
): string[] {
  return has([EMAIL_FIELD, 'firstName', 'lastName']).filter((name) => name !== USERNAME_FIELD);
}

/** What people call somebody: their own name, else the one they sign in with. */
export function fullNameOf(row: object, username: string): string {
  const names = ['firstName', 'lastName'].map((name) => String(Reflect.get(row, name) ?? ''));
  return names.join(' ').trim() || username;
}

function personColumn(usernameField: string, emailField: string): Column<Row> {
  return {
    name: usernameField,
    label: 'Username',
    ordering: usernameField,
    value(row) {
      const username = String(row[usernameField]);
      const name = fullNameOf(row, username);
      const others = [username, String(row[emailField] ?? '')];
      const detail = [...new Set(others)].filter((text) => text !== '' && text !== name);
      return { cell: 'person', name, detail: detail.join(' · ') };
    },
  };
}

const roleColumn: Column<Row> = {
  name: 'isStaff',
  label: 'Role',
  ordering: 'isStaff',
  value({ isStaff, isSuperuser }) {
    if (isSuperuser) return { cell: 'pill', text: 'Superuser', tone: 'warning' };
    return isStaff ? { cell: 'pill', text: 'Staff', tone: 'plain' } : null;
  },
};

const lastLoginColumn: Column<Row> = {
  name: 'lastLogin',
  label: 'Last sign-in',
  value: ({ lastLogin }) => (lastLogin instanceof Date ? lastLogin : 'Never'),
};

const statusColumn: Column<Row> = {
  name: 'isActive',
  label: 'Status',
  ordering: 'isActive',
  value: ({ isActive }) =>
    isActive
      ? { cell: 'pill', text: 'Active', tone: 'good' }
      : { cell: 'pill', text: 'Inactive', tone: 'plain' },
};

const groupsColumn: PageColumn<Row, AdminUser> = {
  name: 'groups',
  label: 'Groups',
  isShownTo: mayViewGroups,
  valuesOf: groupChips,
};

/** Whether somebody may read which groups people are in, in lists of people. */
export async function mayViewGroups(user: AdminUser): Promise<boolean> {
  const group = modelMeta('auth.group');
  const may = await holdsPermission(user, group, 'view');
  return may || (await holdsPermission(user, group, 'change'));
}

type Membership = {
  who: number | bigint;
  id: number | bigint;
  name: string;
  total: number | bigint;
};

// The first few of each person, and how many there are: one statement, however many rows, and
// however many groups somebody is in.
async function groupChips(
  rows: readonly Row[],
  viewer: AdminUser,
): Promise<ReadonlyMap<RowId, RichCell>> {
  if (rows.length === 0 || !(viewer instanceof User)) return new Map();
  const joined = userGroupsTable(getUserModel());
  const ids = Prisma.join(rows.map(({ id }) => id));
  const found = await db.$queryRaw<Membership[]>`
    SELECT who, id, name, total FROM (
      SELECT m.${joined.user} AS who, g.id AS id, g.name AS name,
        COUNT(*) OVER (PARTITION BY m.${joined.user}) AS total,
        ROW_NUMBER() OVER (PARTITION BY m.${joined.user} ORDER BY g.name) AS place
      FROM ${joined.table} AS m JOIN auth_group AS g ON g.id = m.group_id
      WHERE m.${joined.user} IN (${ids})) AS joined
    WHERE place <= ${MOST_CHIPS} ORDER BY who, place`;
  const groups = found.map(({ id }) => Number(id));
  const seen = await groupNamesSeenBy(viewer, groups, []);
  const chips = new Map<RowId, RichCell & { cell: 'chips' }>();
  for (const { who, id, name, total } of found) {
    if (!seen.has(Number(id))) continue;
    const known = chips.get(Number(who)) ?? { cell: 'chips', chips: [], more: 0 };
    const all = [...known.chips, { text: name, href: `/admin/auth/group/${id}/change/` }];
    // What is more than those few may be what they may not see; then it is not told.
    const isWhole = groups.every((group) => seen.has(group));
    const more = isWhole ? Math.max(0, Number(total) - MOST_CHIPS) : 0;
    chips.set(Number(who), { cell: 'chips', chips: all, more });
  }
  return chips;
}
