import type { GridColumn, GridData } from '@/components/admin/matrix/grid-data';
import { type Packed, pack } from '@/components/admin/matrix/packed';
import type { User } from '@/lib/contrib/auth/models';
import { mayGrant } from '@/lib/contrib/auth/permissions/account-rules';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { visibleText } from '@/lib/core/text';
import { isLedToHolders } from '@/lib/extras/matrix/holder-links';
import type {
  GroupColumn,
  MatrixApp,
  MatrixColumn,
  UserColumns,
} from '@/lib/extras/matrix/permission-matrix';

type Rows = { apps: readonly MatrixApp[]; locked: Packed; canSeeHolders: boolean };

/** What the browser needs of the permissions; those that the person may not give are locked. */
export async function rowsFor(user: User, apps: readonly MatrixApp[]): Promise<Rows> {
  const ids = placesOf(apps);
  const grantable = await mayGrant(user, ids);
  const locked = pack(ids, (id) => !grantable.has(id));
  return { apps, locked, canSeeHolders: await isLedToHolders(user) };
}

/** The matrix of all groups. */
export function groupGrid(
  rows: Rows,
  groups: readonly GroupColumn[],
  mayChange: boolean,
): GridData {
  const columns = groups.map((group) => groupColumn(rows, group, mayChange));
  return gridData(rows, columns);
}

/** The matrix of one user: what comes out, what is theirs, and what their groups give. */
export function userGrid(rows: Rows, { user, groups }: UserColumns, mayChange: boolean): GridData {
  const own: GridColumn = {
    key: mayChange ? `u${user.id}` : null,
    name: 'Directly',
    note: `granted to ${user.name}`,
    href: userAdminPath(`${user.id}/change/`),
    held: packedOf(rows, user),
  };
  const result: GridColumn = {
    key: null,
    name: 'In effect',
    note: `what ${user.name} may do`,
    href: userAdminPath(`${user.id}/permissions/`),
    held: '',
    isResult: true,
  };
  const columns = [result, own, ...groups.map((group) => groupColumn(rows, group, false))];
  return {
    ...gridData(rows, columns),
    isSuperuser: user.isSuperuser,
    isInactive: !user.isActive,
    userId: user.id,
  };
}

function gridData({ apps, locked, canSeeHolders }: Rows, columns: GridColumn[]): GridData {
  return {
    apps: apps.map(({ name, models }) => ({
      name,
      models: models.map((model) => ({ name: model.name, permissions: model.permissions })),
    })),
    columns,
    locked,
    isSuperuser: false,
    isInactive: false,
    userId: null,
    canSeeHolders,
  };
}

function groupColumn(rows: Rows, group: GroupColumn, mayChange: boolean): GridColumn {
  return {
    key: mayChange ? `g${group.id}` : null,
    name: visibleText(group.name),
    note: group.members === 1 ? '1 member' : `${group.members} members`,
    href: `/admin/auth/group/${group.id}/change/`,
    held: packedOf(rows, group),
  };
}

function packedOf({ apps }: Rows, { held }: MatrixColumn): Packed {
  return pack(placesOf(apps), (id) => held.has(id));
}

function placesOf(apps: readonly MatrixApp[]): number[] {
  return apps.flatMap(({ models }) =>
    models.flatMap(({ permissions }) => permissions.map(({ id }) => id)),
  );
}
