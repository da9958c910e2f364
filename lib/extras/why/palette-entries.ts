import type { PaletteEntries, PaletteItem, Viewer } from '@/lib/apps/define-config';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { rowsFound } from '@/lib/contrib/admin/search/rows-found';
import { permissionAdmin } from '@/lib/contrib/auth/admin/permission';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import {
  type CataloguedPermission,
  distinctNames,
  loadCatalogue,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

const MAX_ROWS = 8;
const MAX_PERMISSIONS = 5;

/** In the command palette `why NAME [PERMISSION]` and `who PERMISSION`, and one's own reasons. */
export const whyEntries: PaletteEntries = {
  finds: (viewer, text) => whoItems(viewer, text),
  personDeeds: async (_viewer, { id, label }) => [
    {
      kind: 'Why',
      label: `Why ${label} may do what`,
      detail: '',
      href: userAdminPath(`${id}/permissions/`),
    },
  ],
  pages: ({ id }) => [{ label: 'Your permissions', href: userAdminPath(`${id}/permissions/`) }],
  verbs: {
    why: (viewer, [name, ...rest]) => whyItems(viewer, name, rest.join(' ')),
    who: (viewer, [text]) => whoItems(viewer, text),
  },
};

async function whyItems(viewer: Viewer, name: string, perm: string): Promise<PaletteItem[]> {
  const people = await rowsFound(viewer, userAdmin(), name, MAX_ROWS);
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

async function whoItems(viewer: Viewer, text: string): Promise<PaletteItem[]> {
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
  const found = distinctNames(await loadCatalogue()).filter(
    ({ perm, name }) => perm.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted),
  );
  const isExact = ({ perm }: CataloguedPermission) => perm.toLowerCase() === wanted;
  return [...found.filter(isExact), ...found.filter((each) => !isExact(each))].slice(
    0,
    MAX_PERMISSIONS,
  );
}
