import { adminApp } from '@/lib/contrib/admin/apps';
import { authApp, securityApp } from '@/lib/contrib/auth/apps';
import { contentTypesApp } from '@/lib/contrib/contenttypes/apps';
import { sessionsApp } from '@/lib/contrib/sessions/apps';
import { articlesApp } from '@/lib/site/articles/apps';
import { type AppDeclaration, type PermissionNamesOf, permissionsOf } from './define-app';

/**
 * The apps whose models have content types and permissions, in the order in which those are made.
 * A new app is one line here.
 * Django: INSTALLED_APPS
 */
export const INSTALLED_APPS = [
  adminApp,
  authApp,
  contentTypesApp,
  sessionsApp,
  securityApp,
  articlesApp,
] as const;

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

/** Whether a text from outside, a command's argument say, is the name of a declared permission. */
export function isPermissionName(text: string): text is PermissionName {
  return PERMISSION_NAMES.has(text);
}
