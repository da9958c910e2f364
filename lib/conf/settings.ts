import type { AppDeclaration, SettingsOf, ThrottleKindsOf } from '@/lib/apps/define-app';
import { apps } from '@/lib/site/apps';
import { siteSettings } from '@/lib/site/settings';
import { env } from './env';
import { globalSettings, type Settings, type ThrottlePolicies } from './global-settings';

type App = (typeof apps)[number];

/** Every setting with its type: the framework's, and those that the apps declare. */
type SiteSettings = Settings &
  SettingsOf<App> & {
    /**
     * The apps that are in; all that `lib/site/apps.ts` lists unless told. What is left out is gone
     * from the pages, its tables stay: `INSTALLED_APPS: without(apps, 'matrix')`.
     */
    INSTALLED_APPS: readonly App['label'][];
    /** Waits between tries by kind; a kind that is not named here keeps what its app declares. */
    THROTTLES: Readonly<Record<ThrottleKindsOf<App>, ThrottlePolicies>>;
  };

const projectSettings = known(siteSettings);

const overrides: Partial<SiteSettings>[] = [];

const declarations: readonly AppDeclaration[] = apps;

const ofApps: object = {
  INSTALLED_APPS: declarations.map(({ label }) => label),
  THROTTLES: Object.assign({}, ...declarations.map(({ throttles }) => throttles)),
  ...Object.assign({}, ...declarations.map((app) => app.settings)),
};

// Read anew each time; a text that is no JSON sets nothing, and a check says so.
const ofEnvironment = new Proxy<object>(
  {},
  {
    get: (_, name) => environmentSetting(String(name)),
    getOwnPropertyDescriptor: (_, name) =>
      environmentSetting(String(name)) === undefined
        ? undefined
        : { configurable: true, enumerable: true, writable: true, value: null },
  },
);

/** The names that environment variables may set, as apps declare. */
const environmentSettings: readonly string[] = declarations.flatMap(
  ({ fromEnvironment = [] }) => fromEnvironment,
);

/** What an environment variable sets such a setting to; undefined where it sets none, or is no JSON. */
export function environmentSetting(name: string): unknown {
  if (!environmentSettings.includes(name)) return undefined;
  const text = env.settingOfApp(name);
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The settings in force: this project's choice, else the default. Values from the environment are
 * read anew each time.
 * Django: django/conf/__init__.py settings
 */
export const settings = new Proxy(globalSettings, {
  get(defaults, name) {
    for (const layer of [...overrides, ofEnvironment, projectSettings, ofApps]) {
      if (Object.hasOwn(layer, name)) return Reflect.get(layer, name);
    }
    return Reflect.get(defaults, name);
  },
  set() {
    throw new TypeError('Settings are fixed at run time; tests use overrideSettings.');
  },
}) as Readonly<SiteSettings>;

/** What the site sets, getters as they are. A name that no setting has does not compile. */
function known<Chosen extends Partial<SiteSettings>>(
  chosen: Chosen & Readonly<Record<Exclude<keyof Chosen, keyof SiteSettings>, never>>,
): Partial<SiteSettings> {
  return Object.defineProperties({}, Object.getOwnPropertyDescriptors(chosen));
}

/** Names that are set but that no setting has. Empty, unless the compiler was bypassed. */
export function unknownSettings(): string[] {
  return Object.keys(Object.assign({}, projectSettings, ...overrides)).filter(
    (name) => !Object.hasOwn(globalSettings, name) && !Object.hasOwn(ofApps, name),
  );
}

/**
 * Names of settings that an app declares and that are not free: another app's, or the framework's.
 */
export function clashingSettings(list: readonly AppDeclaration[]): string[] {
  const names = list.flatMap((app) => Object.keys(app.settings ?? {}));
  return names.filter(
    (name, i) => Object.hasOwn(globalSettings, name) || names.indexOf(name) !== i,
  );
}

/**
 * Run `body` with other settings, and put the old ones back, also after a failure. Nests. For
 * tests: the change is seen by the whole process while `body` runs.
 * Django: django/test/utils.py override_settings
 * @example
 * await overrideSettings({ LOGIN_REDIRECT_URL: '/articles/' }, async () => {
 *   expect(settings.LOGIN_REDIRECT_URL).toBe('/articles/');
 * });
 */
export async function overrideSettings<T>(
  changed: Partial<SiteSettings>,
  body: () => T | Promise<T>,
): Promise<T> {
  overrides.unshift(changed);
  try {
    return await body();
  } finally {
    overrides.splice(overrides.indexOf(changed), 1);
  }
}

/**
 * Put other settings in the place of what this project sets, and return those. For the tests of the
 * framework, which stand on settings of their own.
 * Django: DJANGO_SETTINGS_MODULE, which a test run names for itself
 */
export function replaceProjectSettings(fixed: Partial<Settings>): Partial<Settings> {
  const former = Object.defineProperties({}, Object.getOwnPropertyDescriptors(projectSettings));
  for (const name of Object.keys(projectSettings)) Reflect.deleteProperty(projectSettings, name);
  Object.defineProperties(projectSettings, Object.getOwnPropertyDescriptors(fixed));
  return former;
}
