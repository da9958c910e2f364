import { replaceProjectSettings, settings } from '@/lib/conf/settings';
import { appsOut } from './removed-app/apps-out.mjs';

// Once for a worker, whose files share this module.
const ofProject = replaceProjectSettings({});
/** What counts in all other tests. */
export const fixedSettings: Partial<typeof settings> = {
  // The least that bcrypt takes: what a sign-in costs is measured in bench/. Not in the environment, where
  // the checks of programs that tests start would find it.
  BCRYPT_ROUNDS: 4,
  ...(appsOut.length > 0 && { INSTALLED_APPS: allBut(appsOut) }),
};

/**
 * Let the settings of the project count, in a test of one's own app: `beforeAll(projectSettingsInForce)`.
 * The fixed ones are back at the end of the file.
 */
export function projectSettingsInForce(): () => void {
  replaceProjectSettings(ofProject);
  return fixSettings;
}

/**
 * Put aside what a team sets, so that what the framework has by itself counts; of its apps those that
 * TEST_APPS_OUT names are out.
 */
export function fixSettings(): void {
  replaceProjectSettings(fixedSettings);
}

function allBut(out: readonly string[]) {
  return settings.INSTALLED_APPS.filter((label) => !out.includes(label));
}
