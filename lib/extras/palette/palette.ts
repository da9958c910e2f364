import type { PaletteItem } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';
import { adminLinksFor } from '@/lib/contrib/admin/links';
import type { Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { rowsFound } from '@/lib/contrib/admin/search/rows-found';
import { searchError } from '@/lib/contrib/admin/search/search';
import type { AdminApp } from '@/lib/contrib/admin/sites';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { capfirst } from '@/lib/core/text';

const MAX_ROWS = 8;

/**
 * The places in the admin that a text finds, the likeliest first: a verb that an app brings, such as
 * `why NAME`, asks that app, anything else finds pages, models, people and groups.
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
  const [verb = '', first, ...rest] = query.split(/\s+/);
  const asked = verbs().get(verb.toLowerCase());
  if (asked && first !== undefined) return asked(viewer, [first, ...rest]);
  const isAsked = (label: string) => label.toLowerCase().includes(query.toLowerCase());
  const places = [...modelItems(apps), ...(await pageItems(viewer))];
  const found = places.filter(({ label }) => isAsked(label));
  if (query === '') return found;
  return [
    ...found.slice(0, MAX_ROWS),
    ...(await rowsFound(viewer, userAdmin(), query, MAX_ROWS)).map(personItem),
    ...(await rowsFound(viewer, groupAdmin, query, MAX_ROWS)).map(groupItem),
  ];
}

function verbs() {
  return new Map(
    brought('paletteEntries').flatMap((entries) => Object.entries(entries.verbs ?? {})),
  );
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
  const links = await adminLinksFor(viewer);
  const pages = brought('paletteEntries').flatMap((entries) => entries.pages?.(viewer) ?? []);
  const all = [
    { label: 'Admin overview', href: '/admin/' },
    ...links,
    { label: 'Your dashboard', href: '/dashboard/' },
    ...pages,
  ];
  return all.map(({ label, href }) => ({ kind: 'Page', label, detail: '', href }));
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
