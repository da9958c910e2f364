import type { PaletteEntries, PaletteItem, Viewer } from '@/lib/apps/define-config';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { rowsFound } from '@/lib/contrib/admin/search/rows-found';
import { permissionAdmin } from '@/lib/contrib/auth/admin/permission';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import {
  listedPermissions,
  permissionsBeside,
} from '@/lib/contrib/auth/permissions/permission-names';

const MAX_ROWS = 8;
const MAX_PERMISSIONS = 5;

/** In the command palette `why NAME [PERMISSION]` and `who PERMISSION`, and one's own reasons. */
export const whyEntries: PaletteEntries = {
  pages: ({ id }) => [{ label: 'Your permissions', href: `/admin/auth/user/${id}/permissions/` }],
  verbs: {
    why: (viewer, [name, ...rest]) => whyItems(viewer, name, rest.join(' ')),
    who: (viewer, [text]) => whoItems(viewer, text),
  },
};

async function whyItems(viewer: Viewer, name: string, perm: string): Promise<PaletteItem[]> {
  const people = await rowsFound(viewer, userAdmin, name, MAX_ROWS);
  const isNamed = ({ username }: Row) => username === name;
  const [person, ...others] = [...people.filter(isNamed), ...people.filter((row) => !isNamed(row))];
  if (!person) return [];
  const href = (row: Row) => `/admin/auth/user/${row.id}/permissions/`;
  if (perm === '') {
    return [person, ...others].map((row) => ({
      kind: 'Why',
      label: strOf(userAdmin, row),
      detail: 'every permission',
      href: href(row),
    }));
  }
  return (await permissionsLike(perm)).map((found) => ({
    kind: 'Why',
    label: strOf(userAdmin, person),
    detail: found,
    href: `${href(person)}?perm=${encodeURIComponent(found)}`,
  }));
}

async function whoItems(viewer: Viewer, text: string): Promise<PaletteItem[]> {
  for (const admin of [userAdmin, permissionAdmin]) {
    if (!(await hasViewPermission(viewer, admin))) return [];
  }
  const items: PaletteItem[] = [];
  for (const perm of await permissionsLike(text)) {
    const found = (await permissionsBeside(perm)).find((beside) => beside.perm === perm);
    const href = `/admin/auth/permission/${found?.id}/holders/`;
    if (found) items.push({ kind: 'Who', label: perm, detail: found.name, href });
  }
  return items;
}

async function permissionsLike(text: string): Promise<string[]> {
  const wanted = text.toLowerCase();
  const names = (await listedPermissions()).map(({ perm }) => perm);
  const found = names.filter((perm) => perm.toLowerCase().includes(wanted));
  const isExact = (perm: string) => perm.toLowerCase() === wanted;
  return [...found.filter(isExact), ...found.filter((perm) => !isExact(perm))].slice(
    0,
    MAX_PERMISSIONS,
  );
}
