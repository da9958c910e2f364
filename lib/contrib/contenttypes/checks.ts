import { type AppDeclaration, declaredModels } from '@/lib/apps/define-app';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import { codePointLength } from '@/lib/forms/fields';

const MODEL_MAX_LENGTH = 100;

/** The apps that no page can do without, with Django's ids where Django's admin needs them. */
const NEEDED = [
  { id: 'admin.E401', label: 'contenttypes' },
  { id: 'admin.E405', label: 'auth' },
  { id: 'admin.E406', label: 'messages' },
  { id: 'apps.E003', label: 'sessions' },
] as const;

/**
 * Apps that must be installed, and models whose name does not fit its column of 100 characters.
 * Django: contrib/contenttypes/checks.py check_model_name_lengths; contrib/admin/checks.py
 * check_dependencies
 */
export function checkApps(apps: readonly AppDeclaration[]): CheckMessage[] {
  const labels = apps.map(({ label }) => label);
  const missing = NEEDED.filter(({ label }) => !labels.includes(label));
  return [
    ...missing.map(({ id, label }) =>
      checkError(
        id,
        `The app '${label}' is not installed.`,
        'List it in lib/site/apps.ts and in INSTALLED_APPS.',
      ),
    ),
    ...declaredModels(apps)
      .filter(({ model }) => codePointLength(model) > MODEL_MAX_LENGTH)
      .map(({ appLabel, model }) =>
        checkError(
          'contenttypes.E005',
          `The name of the model ${appLabel}.${model} is longer than ${MODEL_MAX_LENGTH} characters.`,
          'Shorten it in the declaration of the app.',
        ),
      ),
  ];
}
