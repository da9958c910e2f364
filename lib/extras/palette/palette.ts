import { orderSql, orderTerms } from '@/lib/contrib/admin/list/ordering';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import { getField } from '@/lib/contrib/admin/meta';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { findRows, strOf } from '@/lib/contrib/admin/rows';
import { searchCondition, searchError } from '@/lib/contrib/admin/search/search';
import type { AdminApp } from '@/lib/contrib/admin/sites';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { permissionAdmin } from '@/lib/contrib/auth/admin/permission';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { userAdminPath } from '@/lib/contrib/auth/admin/user-path';
import type { User } from '@/lib/contrib/auth/models';
import {
  type CataloguedPermission,
  distinctNames,
  loadCatalogue,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { capfirst } from '@/lib/core/text';
import { db, Prisma } from '@/lib/db/client';

/** One place to go to. */
export type PaletteItem = {
  kind: 'Page' | 'Model' | 'Person' | 'Group' | 'Why' | 'Who';
  label: string;
  /** What tells it from others of the same label; '' for nothing. */
  detail: string;
  href: string;
};

const MAX_ROWS = 8;
const MAX_PERMISSIONS = 5;

/**
 * The places in the admin that a text finds, the likeliest first: `why NAME [PERMISSION]` and
 * `who PERMISSION` ask for reasons and holders, anything else for pages, models, people and groups.
 * Nobody finds what they may not view. `apps` is the viewer's list of apps.
 * Django: no counterpart
 */
export async function paletteItems(
  viewer: User,
  apps: readonly AdminApp[],
  text: string,
): Promise<PaletteItem[]> {
  const query = text.trim();
  if (searchError(query) !== null) return [];
  const [verb = '', first = '', ...rest] = query.split(/\s+/);
  if (verb.toLowerCase() === 'why' && first !== '') return whyItems(viewer, first, rest.join(' '));
  if (verb.toLowerCase() === 'who' && first !== '') return whoItems(viewer, first);
  const isAsked = (label: string) => label.toLowerCase().includes(query.toLowerCase());
  const places = [...modelItems(apps), ...(await pageItems(viewer))];
  const found = places.filter(({ label }) => isAsked(label));
  if (query === '') return found;
  return [
    ...found.slice(0, MAX_ROWS),
    ...(await rowsFound(viewer, userAdmin(), query)).map(personItem),
    ...(await rowsFound(viewer, groupAdmin, query)).map(groupItem),
  ];
}

function modelItems(apps: readonly AdminApp[]): PaletteItem[] {
  return apps.flatMap((app) =>
    app.models.flatMap(({ admin: { meta }, permissions }) => {
      const href = `/admin/${meta.appLabel}/${meta.modelName}/`;
      const label = capfirst(meta.verboseNamePlural);
      const list = { kind: 'Model' as const, label, detail: app.name, href };
      const add = { ...list, label: `Add ${meta.verboseName}`, href: `${href}add/` };
      return [...(permissions.view ? [list] : []), ...(permissions.add ? [add] : [])];
    }),
  );
}

async function pageItems(viewer: User): Promise<PaletteItem[]> {
  const page = (label: string, href: string) => ({
    kind: 'Page' as const,
    label,
    detail: '',
    href,
  });
  const own = userAdminPath(`${viewer.id}/permissions/`);
  return [
    page('Admin overview', '/admin/'),
    ...((await hasViewPermission(viewer, groupAdmin))
      ? [page('Permission matrix', '/admin/auth/matrix/')]
      : []),
    page('Your permissions', own),
    page('Your dashboard', '/dashboard/'),
    page('Change your password', '/accounts/password_change/'),
    page('Where you are signed in', '/accounts/sessions/'),
  ];
}

async function rowsFound(viewer: User, admin: ModelAdmin, query: string): Promise<Row[]> {
  if (!(await hasViewPermission(viewer, admin))) return [];
  const found = searchCondition(admin, query);
  if (!found) return [];
  const visible = (await admin.options.getQueryset?.(viewer)) ?? Prisma.sql`TRUE`;
  const ids = await selectIds(admin, {
    where: Prisma.sql`(${visible}) AND (${found})`,
    order: orderSql(admin.meta, orderTerms(admin, [], null)),
    limit: MAX_ROWS,
  });
  return findRows(db, admin.meta, ids);
}

function nameColumn({ meta }: ModelAdmin): string {
  const field = getField(meta, meta.nameField ?? 'id');
  return 'column' in field ? field.column : 'id';
}

function personItem(row: Row): PaletteItem {
  const label = strOf(userAdmin(), row);
  const detail = `${row['firstName'] ?? ''} ${row['lastName'] ?? ''}`.trim();
  return { kind: 'Person', label, detail, href: userAdminPath(`${row.id}/change/`) };
}

function groupItem(row: Row): PaletteItem {
  const label = strOf(groupAdmin, row);
  return { kind: 'Group', label, detail: '', href: `/admin/auth/group/${row.id}/change/` };
}

async function whyItems(viewer: User, name: string, perm: string): Promise<PaletteItem[]> {
  const people = await rowsFound(viewer, userAdmin(), name);
  const { USERNAME_FIELD } = getUserModel();
  const isNamed = (row: Row) => row[USERNAME_FIELD] === name;
  const [person, ...others] = [...people.filter(isNamed), ...people.filter((row) => !isNamed(row))];
  if (!person) return [];
  const href = (row: Row) => userAdminPath(`${row.id}/permissions/`);
  if (perm === '') {
    return [person, ...others].map((row) => ({
      kind: 'Why',
      label: strOf(userAdmin(), row),
      detail: 'every permission',
      href: href(row),
    }));
  }
  return (await permissionsLike(perm)).map((found) => ({
    kind: 'Why',
    label: strOf(userAdmin(), person),
    detail: found.perm,
    href: `${href(person)}?perm=${encodeURIComponent(found.perm)}`,
  }));
}

async function whoItems(viewer: User, text: string): Promise<PaletteItem[]> {
  for (const admin of [userAdmin(), permissionAdmin]) {
    if (!(await hasViewPermission(viewer, admin))) return [];
  }
  return (await permissionsLike(text)).map(({ id, perm, name }) => ({
    kind: 'Who',
    label: perm,
    detail: name,
    href: `/admin/auth/permission/${id}/holders/`,
  }));
}

async function permissionsLike(text: string): Promise<CataloguedPermission[]> {
  const wanted = text.toLowerCase();
  const found = distinctNames(await loadCatalogue()).filter(({ perm }) =>
    perm.toLowerCase().includes(wanted),
  );
  const isExact = ({ perm }: CataloguedPermission) => perm.toLowerCase() === wanted;
  return [...found.filter(isExact), ...found.filter((each) => !isExact(each))].slice(
    0,
    MAX_PERMISSIONS,
  );
}
