import { settings } from '@/lib/conf/settings';
import { apps } from '@/lib/site/apps';
import { type AppDeclaration, type PermissionNamesOf, permissionsOf } from './define-app';

/**
 * What the site has installed, as the rest of lib reads it.
 * Django: django.apps.apps
 */
export const INSTALLED_APPS = apps;

/**
 * The same without the models in whose place a setting names another: these have no content type and
 * no permissions.
 * Django: apps.get_models(), which leaves out what is swapped
 */
export function appsInUse(): AppDeclaration[] {
  return INSTALLED_APPS.map((app: AppDeclaration) => {
    const used = Object.entries(app.models).filter(
      ([name, { swappable }]) =>
        swappable === undefined || settings[swappable].toLowerCase() === `${app.label}.${name}`,
    );
    return { ...app, models: Object.fromEntries(used) };
  });
}

/** `app_label.codename` of every declared permission: a misspelt one does not compile. */
export type PermissionName = PermissionNamesOf<(typeof INSTALLED_APPS)[number]>;

/** Every declared permission as `app_label.codename`, in the order of the declarations. */
export const PERMISSION_NAMES: ReadonlySet<string> = new Set(
  INSTALLED_APPS.flatMap((app: AppDeclaration) =>
    Object.entries(app.models).flatMap(([model, declaration]) =>
      permissionsOf(model, declaration).map(([codename]) => `${app.label}.${codename}`),
    ),
  ),
);

/** The same of the models in use: what content types and permissions there are. */
export function permissionNamesInUse(): string[] {
  return appsInUse().flatMap((app) =>
    Object.entries(app.models).flatMap(([model, declaration]) =>
      permissionsOf(model, declaration).map(([codename]) => `${app.label}.${codename}`),
    ),
  );
}

/** Whether a text from outside, a command's argument say, is the name of a declared permission. */
export function isPermissionName(text: string): text is PermissionName {
  return PERMISSION_NAMES.has(text);
}
