import { describe, expect, it } from 'vitest';
import { checkInstalledApps } from '@/lib/apps/checks';
import { type AppDeclaration, without } from '@/lib/apps/define-app';
import { overrideSettings } from '@/lib/conf/settings';
import { apps } from '@/lib/site/apps';

const shop: AppDeclaration = { label: 'shop', verboseName: 'Shop', models: {} };
const thing = { models: { thing: { verboseName: 'thing' } } };
const idsOf = (declared?: readonly AppDeclaration[]) =>
  checkInstalledApps(declared).map(({ id }) => id);

describe('checkInstalledApps', () => {
  it('finds nothing wrong with the apps of the site', () => expect(idsOf()).toEqual([]));

  it('names the app that is missing and the one that needs it', async () => {
    await overrideSettings({ INSTALLED_APPS: without(apps, 'sessions') }, () => {
      expect(checkInstalledApps().map(({ message }) => message)).toContain(
        "The app 'auth' requires 'sessions', which is not installed.",
      );
    });
  });

  it('refuses a label that no app has', async () => {
    // @ts-expect-error No app is called so.
    await overrideSettings({ INSTALLED_APPS: [...without(apps), 'misspelt'] }, () => {
      expect(idsOf()).toEqual(['apps.E002']);
    });
  });

  it.each<[string, AppDeclaration[], string[]]>([
    ['two apps of one name', [shop, shop], ['apps.E004']],
    [
      'two models of one name',
      [
        { ...shop, ...thing },
        { ...shop, label: 'other', models: { thing: { verboseName: 'x', appLabel: 'shop' } } },
      ],
      ['apps.E005'],
    ],
    ['a setting of the framework', [{ ...shop, settings: { LOGIN_URL: '/' } }], ['apps.E006']],
    [
      'a setting of another app',
      [
        { ...shop, settings: { SHOP_NAME: 'a' } },
        { ...shop, label: 'other', settings: { SHOP_NAME: 'b' } },
      ],
      ['apps.E006'],
    ],
    [
      'a link that nobody can be shown',
      [{ ...shop, headerLinks: [{ href: '/', label: 'Shop', permission: 'shop.vieww_thing' }] }],
      ['apps.E007'],
    ],
  ])('refuses %s', (_what, declared, ids) => expect(idsOf(declared)).toEqual(ids));
});
