import { replaceProjectSettings } from '@/lib/conf/settings';

// Once for a worker, whose files share this module.
const ofProject = replaceProjectSettings({});

/**
 * Let the settings of the project count, in a test of one's own app: `beforeAll(projectSettingsInForce)`.
 * The fixed ones are back at the end of the file.
 */
export function projectSettingsInForce(): () => void {
  replaceProjectSettings(ofProject);
  return fixSettings;
}

/** Put aside what a team sets, so that what the framework has by itself counts. */
export function fixSettings(): void {
  replaceProjectSettings({});
}
