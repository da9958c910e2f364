import type { ListLink } from '@/lib/contrib/admin/links';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import {
  hasAddPermission,
  hasChangePermission,
  hasViewPermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';

/** What somebody may do with the rows of a file: add some, change some. */
export type MayImport = { add: boolean; change: boolean };

/**
 * What somebody may do by a file; which rows, is asked of each. Throws PermissionDenied for who sees
 * nothing of the model, or may neither add nor change.
 * django-import-export: ImportMixin.has_import_permission
 */
export async function requireImport(user: AdminUser, admin: ModelAdmin): Promise<MayImport> {
  if (!(await hasViewPermission(user, admin))) throw permissionDenied(admin, 'view');
  const may = await mayImport(user, admin);
  if (!may.add && !may.change) throw permissionDenied(admin, 'change');
  return may;
}

async function mayImport(user: AdminUser, admin: ModelAdmin): Promise<MayImport> {
  const isAddable = !admin.options.hasOwnAddPage || admin.options.addObject !== undefined;
  return {
    add: isAddable && (await hasAddPermission(user, admin)),
    change: await hasChangePermission(user, admin),
  };
}

/** The way from a list to its import, for who may. */
export async function importLink(user: AdminUser, admin: ModelAdmin): Promise<ListLink | null> {
  const may = await mayImport(user, admin);
  return may.add || may.change
    ? { label: 'Import CSV', href: `${listPath(admin.meta)}import/` }
    : null;
}
