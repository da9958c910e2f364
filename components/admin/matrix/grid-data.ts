import type { Packed } from '@/components/admin/matrix/packed';

/** One column as the grid draws it. */
export type GridColumn = {
  /** `g12` or `u7`, as changes name it; null for what is only shown. */
  key: string | null;
  name: string;
  note: string;
  href: string | null;
  /** The permissions that it holds. */
  held: Packed;
  /** Whether it shows what the others come to. */
  isResult?: boolean;
  /** The group whose members can be listed. */
  groupId?: number;
};

export type GridPermission = { id: number; perm: string; name: string };
export type GridModel = { name: string; permissions: GridPermission[] };
export type GridApp = { name: string; models: GridModel[] };

/** The matrix as the browser gets it. */
export type GridData = {
  apps: GridApp[];
  columns: GridColumn[];
  /** The permissions that the person may not give. */
  locked: Packed;
  isSuperuser: boolean;
  isInactive: boolean;
  /** Whose matrix it is, so that reasons can be asked for; null for that of the groups. */
  userId: number | null;
  /** Whether the person may see who holds a permission. */
  canSeeHolders: boolean;
  /** Where the members of a group are listed, without its id; null for who may not see them. */
  membersHref?: string | null;
};

/** A line of the grid, and the permissions that it stands for, as places in their order. */
export type GridRow = {
  kind: 'app' | 'model' | 'permission';
  key: string;
  name: string;
  /** The permission's name in code. */
  code: string;
  app: number;
  perms: number[];
  /** Those of them that the filter leaves: no button does anything to what is out of sight. */
  seen: number[];
};

/** Which permissions are wanted; by their place. */
export type RowFilter = {
  query: string;
  collapsed: ReadonlySet<number>;
  isWanted: (place: number) => boolean;
};

/** All permissions in the order in which columns hold them. */
export function permissionsIn(apps: readonly GridApp[]): GridPermission[] {
  return apps.flatMap(({ models }) => models.flatMap(({ permissions }) => permissions));
}

/**
 * The lines to draw: each app, its models and their permissions, without what the filter hides. The
 * line of an app or model stands for all that it has. A query opens collapsed apps.
 */
export function rowsOf(
  apps: readonly GridApp[],
  { query, collapsed, isWanted }: RowFilter,
): GridRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: GridRow[] = [];
  let place = 0;
  for (const [app, { name: appName, models }] of apps.entries()) {
    const inApp: GridRow[] = [];
    const all: number[] = [];
    const seenInApp: number[] = [];
    for (const { name, permissions } of models) {
      const found: GridRow[] = [];
      const perms = permissions.map((_, i) => place + i);
      all.push(...perms);
      for (const permission of permissions) {
        const text = `${appName} ${name} ${permission.name} ${permission.perm}`.toLowerCase();
        if (isWanted(place) && words.every((word) => text.includes(word))) {
          found.push(permissionRow(permission, app, place));
        }
        place += 1;
      }
      if (found.length === 0) continue;
      const seen = found.flatMap((row) => row.perms);
      const key = `m${perms[0]}`;
      inApp.push({ kind: 'model', key, name, code: '', app, perms, seen }, ...found);
      seenInApp.push(...seen);
    }
    if (seenInApp.length === 0) continue;
    const seen = seenInApp;
    rows.push({ kind: 'app', key: `a${app}`, name: appName, code: '', app, perms: all, seen });
    if (words.length > 0 || !collapsed.has(app)) rows.push(...inApp);
  }
  return rows;
}

function permissionRow({ id, perm, name }: GridPermission, app: number, place: number): GridRow {
  const perms = [place];
  return { kind: 'permission', key: `p${id}`, name, code: perm, app, perms, seen: perms };
}
