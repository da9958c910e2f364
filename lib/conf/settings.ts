import { globalSettings, type Settings } from './global-settings';

/** What this project sets otherwise than `global-settings.ts`. A misspelt name does not compile. */
const projectSettings: Partial<Settings> = {};

const overrides: Partial<Settings>[] = [];

/**
 * The settings in force: this project's choice, else the default. Values from the environment are
 * read anew each time.
 * Django: django/conf/__init__.py settings
 */
export const settings: Readonly<Settings> = new Proxy(globalSettings, {
  get(defaults, name) {
    for (const layer of [...overrides, projectSettings]) {
      if (Object.hasOwn(layer, name)) return Reflect.get(layer, name);
    }
    return Reflect.get(defaults, name);
  },
  set() {
    throw new TypeError('Settings are fixed at run time; tests use overrideSettings.');
  },
});

/** Names that are set but that no setting has. Empty, unless the compiler was bypassed. */
export function unknownSettings(): string[] {
  return Object.keys(Object.assign({}, projectSettings, ...overrides)).filter(
    (name) => !Object.hasOwn(globalSettings, name),
  );
}

/**
 * Run `body` with other settings, and put the old ones back, also after a failure. Nests. For
 * tests: the change is seen by the whole process while `body` runs.
 * Django: django/test/utils.py override_settings
 */
export async function overrideSettings<T>(
  changed: Partial<Settings>,
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
