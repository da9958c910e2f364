import type { PaletteItem, Viewer } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { capfirst } from '@/lib/core/text';
import { savedViewsNamed } from './saved-views';

/** One's own views by name, of the lists that one may still see. */
export async function findViews(viewer: Viewer, text: string): Promise<PaletteItem[]> {
  if (text.trim() === '' || viewer.impersonator || !viewer.isStaff) return [];
  const found: PaletteItem[] = [];
  for (const { name, model, query } of await savedViewsNamed(viewer, text.trim())) {
    const screens = brought('admins').map((each) => (typeof each === 'function' ? each() : each));
    const admin = screens.find(({ meta }) => meta.key === model);
    if (!admin || !(await hasViewPermission(viewer, admin))) continue;
    const detail = capfirst(admin.meta.verboseNamePlural);
    found.push({ kind: 'List', label: name, detail, href: listHref(admin.meta, query) });
  }
  return found;
}
