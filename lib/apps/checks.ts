import { clashingSettings, settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import { APPS } from './declared';
import { type AppDeclaration, declaredModels } from './define-app';
import { installedApps, isInstalled, PERMISSION_NAMES } from './installed';

/**
 * Apps that cannot work as they are listed: one that requires another which is out, a label that no
 * app has, two apps, models or settings of one name, a link that asks for a permission which nobody
 * can hold, rules that nothing enforces because their app is out. Each stops the start.
 * Django: apps/registry.py Apps.populate; contrib/admin/checks.py check_dependencies
 */
export function checkInstalledApps(declared: readonly AppDeclaration[] = APPS): CheckMessage[] {
  return [
    ...unmet(),
    ...unknown(),
    ...clashes(declared),
    ...unheldLinks(declared),
    ...unenforced(declared),
  ];
}

function unmet(): CheckMessage[] {
  return installedApps().flatMap(({ label, requires = [] }) =>
    requires
      .filter((needed) => !isInstalled(needed))
      .map((needed) =>
        checkError(
          'apps.E001',
          `The app '${label}' requires '${needed}', which is not installed.`,
          `Install '${needed}', or take '${label}' out of INSTALLED_APPS as well.`,
        ),
      ),
  );
}

function unknown(): CheckMessage[] {
  return settings.INSTALLED_APPS.filter((label) => !APPS.some((app) => app.label === label)).map(
    (label) =>
      checkError(
        'apps.E002',
        `INSTALLED_APPS lists '${label}', which no app is called.`,
        'Correct it, or declare the app in lib/site/apps.ts.',
      ),
  );
}

function clashes(declared: readonly AppDeclaration[]): CheckMessage[] {
  const hint = 'Give one of the two another name.';
  const labels = twice(declared.map(({ label }) => label));
  const models = twice(
    declaredModels(declared).map(({ appLabel, model }) => `${appLabel}.${model}`),
  );
  return [
    ...labels.map((label) => checkError('apps.E004', `Two apps are called '${label}'.`, hint)),
    ...models.map((key) => checkError('apps.E005', `Two apps declare the model ${key}.`, hint)),
    ...clashingSettings(declared).map((name) =>
      checkError('apps.E006', `The setting ${name} is declared twice.`, hint),
    ),
  ];
}

function unheldLinks(declared: readonly AppDeclaration[]): CheckMessage[] {
  return declared.flatMap(({ label, headerLinks = [], accountLinks = [] }) =>
    [...headerLinks, ...accountLinks]
      .filter(({ permission }) => permission !== undefined && !PERMISSION_NAMES.has(permission))
      .map(({ href, permission }) =>
        checkError(
          'apps.E007',
          `A link of the app '${label}' to ${href} asks for '${permission}', which no app declares.`,
          'Correct the name of the permission in its declaration.',
        ),
      ),
  );
}

function unenforced(declared: readonly AppDeclaration[]): CheckMessage[] {
  const out = declared.filter(({ label }) => !isInstalled(label));
  return out.flatMap(({ label, enforces = [] }) =>
    enforces
      .filter((name) => {
        const rules: unknown = Reflect.get(settings, name);
        return Array.isArray(rules) && rules.length > 0;
      })
      .map((name) =>
        checkError(
          'apps.E008',
          `${name} has rules, and the app '${label}', which enforces them, is not installed.`,
          `Install '${label}', or empty ${name}.`,
        ),
      ),
  );
}

function twice(names: readonly string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}
