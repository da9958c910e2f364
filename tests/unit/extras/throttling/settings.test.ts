import { expect, it } from 'vitest';
import { overrideSettings, settings, unknownSettings } from '@/lib/conf/settings';

it('its settings are read and overridden like any other', async () => {
  expect(settings.DEVICE_COOKIE_NAME).toBe('gatehouse_device');
  await overrideSettings({ DEVICE_COOKIE_NAME: 'other' }, () => {
    expect(settings.DEVICE_COOKIE_NAME).toBe('other');
    expect(unknownSettings()).toEqual([]);
  });
});
