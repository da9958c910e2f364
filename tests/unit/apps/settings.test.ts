import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineApp, type SettingsOf, without } from '@/lib/apps/define-app';
import { overrideSettings, settings, unknownSettings } from '@/lib/conf/settings';
import { apps } from '@/lib/site/apps';
import { appsOut } from '@/tests/support/removed-app/apps-out.mjs';

const shop = defineApp({
  label: 'shop',
  verboseName: 'Shop',
  models: {},
  settings: {
    SHOP_NAME: 'Corner',
    SHOP_DAYS: 5,
    SHOP_IS_OPEN: true,
    SHOP_WORDS: ['a', 'b'],
    SHOP_MODE: 'quick' as 'quick' | 'thorough',
    SHOP_LIMIT: null as number | null,
  },
});
const bare = defineApp({ label: 'bare', verboseName: 'Bare', models: {} });

describe('the settings that an app declares', () => {
  it('may be set to what their default is one of', () => {
    expectTypeOf<SettingsOf<typeof shop | typeof bare>>().toEqualTypeOf<{
      readonly SHOP_NAME: string;
      readonly SHOP_DAYS: number;
      readonly SHOP_IS_OPEN: boolean;
      readonly SHOP_WORDS: readonly string[];
      readonly SHOP_MODE: 'quick' | 'thorough';
      readonly SHOP_LIMIT: number | null;
    }>();
  });

  it('are the only further ones: another name does not compile, and is told of', async () => {
    // @ts-expect-error No app declares it.
    await overrideSettings({ DEVICE_COOKIE_NAMES: 'other' }, () => {
      expect(unknownSettings()).toEqual(['DEVICE_COOKIE_NAMES']);
    });
  });
});

describe('INSTALLED_APPS', () => {
  it('are all that are declared, unless told', () => {
    const all: readonly string[] = apps.map(({ label }) => label);
    expect(settings.INSTALLED_APPS).toEqual(all.filter((label) => !appsOut.includes(label)));
    expect(without(apps, 'messages', 'auth')).toEqual(
      all.filter((label) => label !== 'messages' && label !== 'auth'),
    );
  });
});
