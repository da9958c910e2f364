import { describe, expect, it } from 'vitest';
import { defineApp } from '@/lib/apps/define-app';
import { installedApps } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { checkAuthentication, checkHashingCost, checkPermissions } from '@/lib/contrib/auth/checks';
import { authUser } from '@/lib/contrib/auth/models';
import { checkUserModel } from '@/lib/contrib/auth/users/checks/user-model-checks';
import { checkApps } from '@/lib/contrib/contenttypes/checks';

describe('checkAuthentication', () => {
  it('finds nothing in the settings as they are', () => {
    expect(checkAuthentication()).toEqual([]);
  });

  it.each([
    ['auth.E101', { AUTHENTICATION_BACKENDS: ['NoBackend'] }, 'NoBackend'],
    ['auth.E101', { AUTHENTICATION_BACKENDS: [] }, 'AUTHENTICATION_BACKENDS'],
    ['auth.E102', { PASSWORD_HASHERS: ['rot13'] }, 'rot13'],
    ['auth.E102', { PASSWORD_HASHERS: [] }, 'PASSWORD_HASHERS'],
    ['auth.E103', { AUTH_USER_MODEL: 'shop.Customer' }, 'shop.Customer'],
    ['auth.E104', { BCRYPT_ROUNDS: 3 }, 'BCRYPT_ROUNDS'],
    ['auth.E104', { BCRYPT_ROUNDS: 12.5 }, 'BCRYPT_ROUNDS'],
    ['auth.E105', { PBKDF2_ITERATIONS: 0 }, 'PBKDF2_ITERATIONS'],
  ])('%s: %j', async (id, changed, named) => {
    await overrideSettings(changed, () => {
      const [found, ...others] = checkAuthentication();
      expect(found).toMatchObject({ id, level: 'error', message: expect.stringContaining(named) });
      expect(others).toEqual([]);
    });
  });
});

describe('checkHashingCost', () => {
  it('warns of a cost below OWASP’s least, and of no other', async () => {
    for (const rounds of [12, 10]) {
      await overrideSettings({ BCRYPT_ROUNDS: rounds }, () =>
        expect(checkHashingCost()).toEqual([]),
      );
    }
    await overrideSettings({ BCRYPT_ROUNDS: 9 }, () =>
      expect(checkHashingCost()).toMatchObject([{ id: 'auth.W106', level: 'warning' }]),
    );
  });
});

describe('checkPermissions', () => {
  const idsOf = (
    model: string,
    { permissions = [] as [string, string][], verboseName = 'thing' } = {},
  ) => {
    const models = { [model]: { verboseName, permissions } };
    return checkPermissions([defineApp({ label: 'shop', verboseName: 'Shop', models })]).map(
      ({ id }) => id,
    );
  };

  it.each<[string, string, [string, string][]]>([
    ['a clash with a built-in permission', 'auth.E005', [['add_item', 'x']]],
    [
      'one declared twice',
      'auth.E006',
      [
        ['sell', 'x'],
        ['sell', 'y'],
      ],
    ],
    ['a long custom label', 'auth.E008', [['sell', 'x'.repeat(256)]]],
    ['a long custom codename', 'auth.E012', [['x'.repeat(101), 'x']]],
  ])('reports %s', (_what, id, permissions) => {
    expect(idsOf('item', { permissions })).toEqual([id]);
  });

  it('reports built-in labels and codenames that do not fit', () => {
    const verboseName = 'x'.repeat(250);
    expect(new Set(idsOf('item', { verboseName }))).toEqual(new Set(['auth.E007']));
    expect(new Set(idsOf('x'.repeat(94)))).toEqual(new Set(['auth.E011']));
    expect(idsOf('x'.repeat(93))).toEqual([]);
  });
});

describe('checkUserModel', () => {
  const idsOf = (changed: object) =>
    checkUserModel(Object.create(authUser, Object.getOwnPropertyDescriptors(changed))).map(
      ({ id }) => id,
    );

  it.each([
    ['a list that is none', { REQUIRED_FIELDS: 'email' }, ['auth.E001']],
    ['a name among the required fields', { REQUIRED_FIELDS: ['username'] }, ['auth.E002']],
    ['a field without a column', { USERNAME_FIELD: 'handle' }, ['auth.E108']],
    ['nothing', {}, []],
  ])('reports %s', (_what, changed, ids) => {
    expect(idsOf(changed)).toEqual(ids);
  });
});

describe('checkApps', () => {
  const app = (label: string, model = 'thing') =>
    defineApp({ label, verboseName: label, models: { [model]: { verboseName: 'thing' } } });

  const others = ['contenttypes', 'messages', 'sessions'].map((label) => app(label));

  it.each([
    ['contenttypes missing', [app('auth'), ...others.slice(1)], ['admin.E401']],
    ['auth missing', others, ['admin.E405']],
    [
      'messages and sessions missing',
      [app('auth'), app('contenttypes')],
      ['admin.E406', 'apps.E003'],
    ],
    ['a long model', [app('auth', 'x'.repeat(101)), ...others], ['contenttypes.E005']],
    ['a model that just fits', [app('auth', 'x'.repeat(100)), ...others], []],
  ])('reports %s', (_what, apps, ids) => {
    expect(checkApps(apps).map(({ id }) => id)).toEqual(ids);
  });

  it('finds nothing in the installed apps', () => {
    expect(checkApps(installedApps())).toEqual([]);
  });
});
