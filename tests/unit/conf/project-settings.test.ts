import { describe, expect, it, onTestFinished } from 'vitest';
import { replaceProjectSettings, settings } from '@/lib/conf/settings';
import {
  fixedSettings,
  fixSettings,
  projectSettingsInForce,
} from '@/tests/support/project-settings';

describe('replaceProjectSettings', () => {
  it('puts others in the place of what the project sets, and gives those back', () => {
    const former = replaceProjectSettings({ LOGIN_URL: '/in/' });
    onTestFinished(() => void replaceProjectSettings(former));
    expect(former).toEqual(fixedSettings);
    expect(settings.LOGIN_URL).toBe('/in/');
    expect(replaceProjectSettings({})).toEqual({ LOGIN_URL: '/in/' });
    expect(settings.LOGIN_URL).toBe('/accounts/login/');
  });

  it('lets a test of one’s own stand on the project’s, until it is over', () => {
    const putBack = projectSettingsInForce();
    onTestFinished(fixSettings);
    const ofProject = replaceProjectSettings({});
    replaceProjectSettings(ofProject);
    putBack();
    expect(replaceProjectSettings({})).toEqual(fixedSettings);
  });
});
