import type { Crumb } from '@/components/admin/breadcrumbs';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { capfirst } from '@/lib/core/text';

/** The way to a model's list. */
export function listCrumbs({ meta }: ModelAdmin): Crumb[] {
  const app = `/admin/${meta.appLabel}/`;
  return [
    { label: meta.appVerboseName, href: app },
    { label: capfirst(meta.verboseNamePlural), href: `${app}${meta.modelName}/` },
  ];
}

/** The way to one object. */
export function objectCrumbs(admin: ModelAdmin, row: Row): Crumb[] {
  return [...listCrumbs(admin), { label: strOf(admin, row), href: formHref(admin, row) }];
}

/** Where an object is changed. */
export function formHref({ meta }: ModelAdmin, { id }: Row): string {
  return `/admin/${meta.appLabel}/${meta.modelName}/${encodeURIComponent(String(id))}/change/`;
}
