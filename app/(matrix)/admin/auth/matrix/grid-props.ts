import type { GridColumn, GridData } from '@/components/admin/matrix/grid-data';
import { type Packed, pack } from '@/components/admin/matrix/packed';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { mayGrant } from '@/lib/contrib/auth/permissions/account-rules';
import { membersText } from '@/lib/contrib/auth/permissions/group-members';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { visibleText } from '@/lib/core/text';
import { isLedToHolders } from '@/lib/extras/matrix/holder-links';
import { GROUPS_PER_PAGE } from '@/lib/extras/matrix/matrix-view';
import type {
  GroupColumn,
  MatrixApp,
  MatrixColumn,
  UserColumns,
} from '@/lib/extras/matrix/permission-matrix';

type Rows = {
  apps: readonly MatrixApp[];
  locked: Packed;
  canSeeHolders: boolean;
  canSeeUsers: boolean;
};

/** What the browser needs of the permissions; those that the person may not give are locked. */
export async function rowsFor(user: User, apps: readonly MatrixApp[]): Promise<Rows> {
  const ids = placesOf(apps);
  const grantable = await mayGrant(user, ids);
  return {
    apps,
    locked: pack(ids, (id) => !grantable.has(id)),
    canSeeHolders: await isLedToHolders(user),
    canSeeUsers: await hasViewPermission(user, userAdmin()),
  };
}

/** The matrix of some groups. */
export function groupGrid(
  rows: Rows,
  groups: readonly GroupColumn[],
  mayChange: boolean,
): GridData {
  return gridData(
    rows,
    groups.map((group) => groupColumn(rows, group, mayChange)),
  );
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
  const named = groups.slice(0, GROUPS_PER_PAGE).map((group) => groupColumn(rows, group, false));
  const columns = [result, own, ...named, ...restOf(rows, groups.slice(GROUPS_PER_PAGE))];
  return {
    ...gridData(rows, columns),
    isSuperuser: user.isSuperuser,
    isInactive: !user.isActive,
    userId: user.id,
  };
}

/** Of somebody in many groups the further ones are one column, with all that they give together. */
function restOf({ apps }: Rows, groups: readonly GroupColumn[]): GridColumn[] {
  if (groups.length === 0) return [];
  const held = pack(placesOf(apps), (id) => groups.some((group) => group.held.has(id)));
  const name = groups.length === 1 ? '1 more group' : `${groups.length} more groups`;
  return [{ key: null, name, note: 'together', href: null, held }];
}

function gridData(
  { apps, locked, canSeeHolders, canSeeUsers }: Rows,
  columns: GridColumn[],
): GridData {
  return {
    apps: apps.map(({ name, models }) => ({
      name,
      models: models.map((model) => ({
        name: model.name,
        permissions: model.permissions.map(({ id, perm, name: words }) => ({
          id,
          perm,
          name: words,
        })),
      })),
    })),
    columns,
    locked,
    isSuperuser: false,
    isInactive: false,
    userId: null,
    canSeeHolders,
    membersHref: canSeeUsers ? userAdminPath('?groups__id__exact=') : null,
  };
}

function groupColumn(rows: Rows, group: GroupColumn, mayChange: boolean): GridColumn {
  return {
    key: mayChange ? `g${group.id}` : null,
    name: visibleText(group.name),
    note: group.members === 1 ? '1 member' : `${membersText(group.members)} members`,
    href: `/admin/auth/group/${group.id}/change/`,
    groupId: group.id,
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
