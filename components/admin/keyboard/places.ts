import type { AdminApp } from '@/lib/contrib/admin/sites';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { capfirst } from '@/lib/core/text';

type Place = { label: string; href: string; key?: string };

const keyed: Readonly<Record<string, string>> = {
  g: '/admin/auth/group/',
  p: '/admin/auth/permission/',
};

/** Where `g` and a letter lead: of a few places those that the rail shows as well. */
export function placesOf(
  apps: readonly AdminApp[],
  links: readonly Place[],
): Record<string, Place> {
  const models = apps.flatMap((app) =>
    app.models
      .filter(({ permissions }) => permissions.view)
      .map(({ admin: { meta } }) => ({
        label: capfirst(meta.verboseNamePlural),
        href: `/admin/${meta.appLabel}/${meta.modelName}/`,
      })),
  );
  const known = [{ label: 'Overview', href: '/admin/' }, ...models, ...links];
  const own = links.flatMap(({ key, href }) => (key === undefined ? [] : [[key, href] as const]));
  const keys = [
    ['u', userAdminPath()] as const,
    ...Object.entries(keyed),
    ...own,
    ['h', '/admin/'] as const,
  ];
  const places = keys.flatMap(([key, href]) => {
    const place = known.find((each) => each.href === href);
    return place ? [[key, place] as const] : [];
  });
  return Object.fromEntries(places);
}
