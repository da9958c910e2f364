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
  const { appLabel, modelName } = admin.meta;
  const href = `/admin/${appLabel}/${modelName}/${encodeURIComponent(String(row.id))}/change/`;
  return [...listCrumbs(admin), { label: strOf(admin, row), href }];
}
