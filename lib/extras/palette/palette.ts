import type { PaletteItem } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';
import { adminLinksFor } from '@/lib/contrib/admin/links';
import { mayViewEach } from '@/lib/contrib/admin/model-permissions';
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
  const people = await rowsFound(viewer, userAdmin(), query, MAX_ROWS);
  return [
    ...found.slice(0, MAX_ROWS),
    ...people.map(personItem),
    ...(await deedsAt(viewer, people, query)),
    ...(await rowsFound(viewer, groupAdmin, query, MAX_ROWS)).map(groupItem),
    ...(await foundByApps(viewer, query)),
  ];
}

/**
 * Which of these addresses, where somebody went before, they may go to still: the pages that the
 * palette offers, and those of rows whose model they may view whole. A page that is none any more, or
 * another site's, is not among them.
 */
export async function stillSeen(
  viewer: User,
  apps: readonly AdminApp[],
  hrefs: readonly string[],
): Promise<string[]> {
  const offered = [...modelItems(apps), ...(await pageItems(viewer))].map(({ href }) => href);
  const seen: string[] = [];
  for (const href of hrefs.slice(0, MAX_ROWS)) {
    const [, app, model] = /^\/admin\/([^/?#]+)\/([^/?#]+)\/[^#]*$/.exec(href) ?? [];
    const found = apps.find(({ label }) => label === app)?.models ?? [];
    const admin = found.find(({ admin: { meta } }) => meta.modelName === model)?.admin;
    const isOfRows = admin !== undefined && (await mayViewEach(viewer, admin));
    if (isOfRows || offered.includes(href)) seen.push(href);
  }
  return seen;
}

// Of one person, or of the one whose very name was typed: deeds at several would be many.
async function deedsAt(viewer: User, people: readonly Row[], name: string): Promise<PaletteItem[]> {
  const [only] = people;
  const named = people.find((row) => strOf(userAdmin(), row).toLowerCase() === name.toLowerCase());
  const meant = named ?? (people.length === 1 ? only : undefined);
  if (!meant) return [];
  const isSuperuser = meant['isSuperuser'] === true;
  const isActive = meant['isActive'] !== false;
  const person = { id: Number(meant.id), label: strOf(userAdmin(), meant), isSuperuser, isActive };
  const deeds = brought('paletteEntries').map(
    (entries) => entries.personDeeds?.(viewer, person) ?? [],
  );
  return (await Promise.all(deeds)).flat();
}

async function foundByApps(viewer: User, text: string): Promise<PaletteItem[]> {
  const found = brought('paletteEntries').map((entries) => entries.finds?.(viewer, text) ?? []);
  return (await Promise.all(found)).flat();
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
