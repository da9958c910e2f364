import { INSTALLED_APPS } from '@/lib/apps';
import type { HeldPermission } from '@/lib/auth/grants';

type ModelGroup = { label: string; name: string; permissions: HeldPermission[] };
type AppGroup = { label: string; name: string; models: ModelGroup[] };

/**
 * Permissions under their app and model, in the order given. A codename ends in its model
 * (`add_article`); apps and models that only the database knows keep the names they have there.
 */
export function groupByModel(permissions: readonly HeldPermission[]): AppGroup[] {
  const apps = new Map<string, AppGroup>();
  for (const permission of permissions) {
    const [appLabel = '', codename = ''] = permission.perm.split('.', 2);
    const modelLabel = codename.slice(codename.indexOf('_') + 1);
    const app = apps.get(appLabel) ?? newApp(appLabel);
    apps.set(appLabel, app);
    const known = app.models.find(({ label }) => label === modelLabel);
    const model = known ?? newModel(appLabel, modelLabel);
    if (!known) app.models.push(model);
    model.permissions.push(permission);
  }
  return [...apps.values()];
}

function newApp(label: string): AppGroup {
  const declared = INSTALLED_APPS.find((app) => app.label === label);
  return { label, name: declared?.verboseName ?? label, models: [] };
}

function newModel(appLabel: string, label: string): ModelGroup {
  const declared = INSTALLED_APPS.find((app) => app.label === appLabel);
  const model = Object.entries(declared?.models ?? {}).find(([name]) => name === label)?.[1];
  return { label, name: model?.verboseName ?? label, permissions: [] };
}
