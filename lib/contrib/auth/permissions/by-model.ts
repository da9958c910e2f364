import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { parsePermissionName } from './permission-name';

type Named = { perm: string; model?: string };

/** A model, by its label and the name that people read, with permissions. */
export type ModelGroup<P> = { label: string; name: string; permissions: P[] };

/** An app with its models. */
export type AppGroup<P> = { label: string; name: string; models: ModelGroup<P>[] };

/**
 * Permissions under their app and model, in the order given. Unless a permission says its model, its
 * codename ends in it (`add_article`); apps and models that only the database knows keep the names they have there.
 */
export function groupByModel<P extends Named>(permissions: readonly P[]): AppGroup<P>[] {
  const apps = new Map<string, AppGroup<P>>();
  for (const permission of permissions) {
    const { appLabel = '', codename = '' } = parsePermissionName(permission.perm) ?? {};
    const modelLabel = permission.model || codename.slice(codename.indexOf('_') + 1);
    const app = apps.get(appLabel) ?? newApp<P>(appLabel);
    apps.set(appLabel, app);
    const known = app.models.find(({ label }) => label === modelLabel);
    const model = known ?? newModel<P>(appLabel, modelLabel);
    if (!known) app.models.push(model);
    model.permissions.push(permission);
  }
  return [...apps.values()];
}

function newApp<P>(label: string): AppGroup<P> {
  const declared = declaredModels(APPS).find(({ appLabel }) => appLabel === label);
  return { label, name: declared?.appVerboseName ?? label, models: [] };
}

function newModel<P>(appLabel: string, label: string): ModelGroup<P> {
  const declared = declaredModels(APPS).find(
    (each) => each.appLabel === appLabel && each.model === label,
  );
  return { label, name: declared?.declaration.verboseName ?? label, permissions: [] };
}
