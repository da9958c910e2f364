import { apps } from '@/lib/site/apps';
import { type AppDeclaration, declaredModels, permissionsOf } from './define-app';

/**
 * Every app that the site declares, whether it is in or out: what there are tables for. Pure data,
 * that a browser may hold; `installed.ts` knows which are in.
 * Django: no counterpart; there an app that is not installed is not known
 */
export const APPS: readonly AppDeclaration[] = apps;

/** Every permission of these apps as `app_label.codename`, in the order of the declarations. */
export function permissionNamesOf(list: readonly AppDeclaration[]): ReadonlySet<string> {
  return new Set(
    declaredModels(list).flatMap(({ appLabel, model, declaration }) =>
      permissionsOf(model, declaration).map(([codename]) => `${appLabel}.${codename}`),
    ),
  );
}
