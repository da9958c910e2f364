import { isPermissionName } from '@/lib/apps/installed';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { ModelMeta } from './meta';
import type { AdminUser, ModelAdmin, Row } from './options';

/** Django's four, asked of one model. */
export type ModelPermissions = { add: boolean; change: boolean; delete: boolean; view: boolean };

/**
 * Whether somebody may enter the admin at all; nobody does by a token.
 * Django: contrib/admin/sites.py AdminSite.has_permission
 */
function hasAdminPermission({ isActive, isStaff, attenuation }: AdminUser): boolean {
  return isActive && isStaff && attenuation === null;
}

/**
 * Whether the user may see rows of the model, or this one. Who may change may see.
 * Django: ModelAdmin.has_view_permission
 */
export async function hasViewPermission(
  user: AdminUser,
  admin: ModelAdmin,
  row?: Row,
): Promise<boolean> {
  const may = (await holds(user, admin, 'view', row)) || (await holds(user, admin, 'change', row));
  return may && ((await admin.options.hasViewPermission?.(user, row)) ?? true);
}

/**
 * Whether the user may see every row of the model, whatever it holds: then none has to be read to
 * know it. False says nothing of a single row.
 */
export async function mayViewEach(user: AdminUser, admin: ModelAdmin): Promise<boolean> {
  const { hasViewPermission: ofRow, getQueryset } = admin.options;
  if (ofRow || (await getQueryset?.(user))) return false;
  return hasViewPermission(user, admin);
}

/** Whether the user may see and change every row of the model, likewise. */
export async function mayChangeEach(user: AdminUser, admin: ModelAdmin): Promise<boolean> {
  if (admin.options.hasChangePermission || !(await mayViewEach(user, admin))) return false;
  return hasChangePermission(user, admin);
}

/** Django: ModelAdmin.has_add_permission */
export async function hasAddPermission(user: AdminUser, admin: ModelAdmin): Promise<boolean> {
  const may = await holds(user, admin, 'add');
  return may && ((await admin.options.hasAddPermission?.(user)) ?? true);
}

/** Django: ModelAdmin.has_change_permission */
export async function hasChangePermission(
  user: AdminUser,
  admin: ModelAdmin,
  row?: Row,
): Promise<boolean> {
  const may = await holds(user, admin, 'change', row);
  return may && ((await admin.options.hasChangePermission?.(user, row)) ?? true);
}

/** Django: ModelAdmin.has_delete_permission */
export async function hasDeletePermission(
  user: AdminUser,
  admin: ModelAdmin,
  row?: Row,
): Promise<boolean> {
  const may = await holds(user, admin, 'delete', row);
  return may && ((await admin.options.hasDeletePermission?.(user, row)) ?? true);
}

/**
 * All four at once, for menus and buttons.
 * Django: ModelAdmin.get_model_perms
 */
export async function modelPermissions(
  user: AdminUser,
  admin: ModelAdmin,
  row?: Row,
): Promise<ModelPermissions> {
  return {
    add: await hasAddPermission(user, admin),
    change: await hasChangePermission(user, admin, row),
    delete: await hasDeletePermission(user, admin, row),
    view: await hasViewPermission(user, admin, row),
  };
}

/**
 * The refusal for who lacks the model's permission for `action`, by its name, so that the 403 page
 * can say why.
 */
export function permissionDenied({ meta }: ModelAdmin, action: string): PermissionDenied {
  const perm = `${meta.appLabel}.${action}_${meta.modelName}`;
  return new PermissionDenied('', isPermissionName(perm) ? [perm] : []);
}

// A permission that the model does not have nobody holds, superusers included: there is no such act.
async function holds(user: AdminUser, { meta }: ModelAdmin, action: string, row?: Row) {
  return holdsPermission(user, meta, action, row);
}

/** Whether the user holds the model's permission for `action`, on all rows or on this one. */
export async function holdsPermission(
  user: AdminUser,
  { appLabel, modelName }: ModelMeta,
  action: string,
  row?: Row,
): Promise<boolean> {
  const perm = `${appLabel}.${action}_${modelName}`;
  if (!hasAdminPermission(user) || !isPermissionName(perm)) return false;
  return (await user.hasPerm(perm)) || (row !== undefined && (await user.hasPerm(perm, row)));
}
