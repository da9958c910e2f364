import type { ThrottlePolicies } from '@/lib/conf/global-settings';
import type { FileRules } from '@/lib/core/files/file-rules';

/** A custom permission: its codename and the label people read. */
type PermissionDeclaration = readonly [codename: string, label: string];

/** What people read of a field, and whether a form may leave it empty. */
export type FieldDeclaration = {
  /** In lower case; the field's name in words unless told. */
  readonly verboseName?: string;
  readonly helpText?: string;
  /** Whether a form may leave it empty; what may be null may, unless told. */
  readonly isBlank?: boolean;
  /** Each stored value with what people read for it. */
  readonly choices?: readonly (readonly [value: string | number, label: string])[];
  /** That a text names a file, and which are taken. Django: FileField, ImageField */
  readonly file?: FileRules;
};

/** What `defineApp` may be told of one model; the key beside it is the lower-case model name. */
export type ModelDeclaration = {
  /** In the singular, lower case, as in "Can add log entry". */
  readonly verboseName: string;
  /** Defaults to `verboseName` with an s. */
  readonly verboseNamePlural?: string;
  /** Which of Django's four permissions exist; all of them unless told. */
  readonly defaultPermissions?: readonly string[];
  /** Permissions beside the default ones, in the order in which they are made. */
  readonly permissions?: readonly PermissionDeclaration[];
  /** The setting that may name another model in this one's place. Meta.swappable */
  readonly swappable?: 'AUTH_USER_MODEL';
  /**
   * The label under which its content type and permissions stand, where it is not the app's own.
   * Django: Options.app_label
   */
  readonly appLabel?: string;
  /**
   * False for a model whose table another application makes and changes, a Django beside this one: its
   * content type and permissions are left alone as well. Options.managed
   */
  readonly managed?: boolean;
  /** By field name in TypeScript; `prisma/schema/<app>.prisma` says what fields there are. */
  readonly fields?: { readonly [field: string]: FieldDeclaration };
};

/** A link that an app gives to a place every page or a person's own pages have for such links. */
export type AppLink = {
  readonly href: string;
  readonly label: string;
  /** `app_label.codename`: only who holds it is shown the link. */
  readonly permission?: string;
  /** Only active members of staff are shown the link. */
  readonly isForStaff?: boolean;
  /** The setting without which there is nothing at its end: shown while that is true, or a list with something. */
  readonly setting?: string;
  /** Smaller numbers stand first, then the order of the apps; 0 unless told. */
  readonly order?: number;
};

/**
 * One app, as everybody may know it: pure data that the Edge and the browser can hold too. What it
 * brings to the server stands in its `config.ts`.
 * Django: django/apps/config.py AppConfig, and the Meta of its models
 */
export type AppDeclaration = {
  /** The name of its folders, and the word by which settings.INSTALLED_APPS lists it. */
  readonly label: string;
  readonly verboseName: string;
  readonly models: { readonly [model: string]: ModelDeclaration };
  /** Labels of the apps without which it does not work. */
  readonly requires?: readonly string[];
  /** Addresses of its pages that a stranger may see; `:name` stands for one segment. */
  readonly publicPaths?: readonly string[];
  /** Whether it is for the person alone: whoever acts as somebody else is refused all of it. */
  readonly isPersonal?: boolean;
  /**
   * What addresses begin with under which programs ask: whoever is refused there is answered in JSON, and
   * a stranger with 401, never by the way to the sign-in page.
   */
  readonly apiPaths?: readonly string[];
  /** What it counts tries of: the default policies by kind, which settings.THROTTLES may change. */
  readonly throttles?: { readonly [kind: string]: ThrottlePolicies };
  /** Its own settings with their defaults; a type wider than the default's is told with `as`. */
  readonly settings?: { readonly [name: string]: unknown };
  /**
   * Those of its settings that are lists of rules which it enforces: while one of them has any, the
   * app may not be out.
   */
  readonly enforces?: readonly string[];
  /** Those of its settings that an environment variable of the same name may set, as JSON. */
  readonly fromEnvironment?: readonly string[];
  /** Origins besides ours at which forms may end, as the settings that it is given say; at the Edge too. */
  readonly formOrigins?: (settings: { readonly [name: string]: unknown }) => readonly string[];
  /** Beside "Dashboard" in the header of every page, for whoever is signed in. */
  readonly headerLinks?: readonly AppLink[];
  /** On the dashboard, below a person's own account. */
  readonly accountLinks?: readonly AppLink[];
  /**
   * The address of an event stream that says of the session it is asked with that it has `ended` or
   * that its person's rights have `changed`; open tabs follow it.
   */
  readonly sessionStream?: string;
};

/** Django's four permissions of a model, in the order in which they are made. */
export const DEFAULT_PERMISSIONS = ['add', 'change', 'delete', 'view'] as const;

type DefaultAction<M> = M extends { readonly defaultPermissions: readonly (infer A)[] }
  ? A
  : (typeof DEFAULT_PERMISSIONS)[number];

type CustomCodename<M> = M extends { readonly permissions: readonly (infer P)[] }
  ? P extends readonly [infer C, string]
    ? C
    : never
  : never;

type Codename<Model extends string, M> =
  | `${DefaultAction<M> & string}_${Model}`
  | (CustomCodename<M> & string);

type LabelOf<App extends AppDeclaration, M> = M extends {
  readonly appLabel: infer L extends string;
}
  ? L
  : App['label'];

/** Every `app_label.model` that an app declares, as a union of literals. */
export type ModelKeysOf<App extends AppDeclaration> = App extends AppDeclaration
  ? {
      [M in keyof App['models'] & string]: `${LabelOf<App, App['models'][M]>}.${M}`;
    }[keyof App['models'] & string]
  : never;

/** Every `app_label.codename` that an app declares, as a union of literals. */
export type PermissionNamesOf<App extends AppDeclaration> = App extends AppDeclaration
  ? {
      [M in keyof App['models'] &
        string]: `${LabelOf<App, App['models'][M]>}.${Codename<M, App['models'][M]>}`;
    }[keyof App['models'] & string]
  : never;

/** Every kind of try that an app counts, as a union of literals. */
export type ThrottleKindsOf<App extends AppDeclaration> = App extends {
  readonly throttles: infer T;
}
  ? keyof T & string
  : never;

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

type Wider<T> = T extends string ? string : T extends number ? number : boolean;

// A default is one value of its type: 5 may be changed to 6, and a list to a longer one.
type Setting<T> =
  true extends IsUnion<T>
    ? T
    : T extends string | number | boolean
      ? Wider<T>
      : T extends readonly unknown[]
        ? number extends T['length']
          ? T
          : readonly Wider<T[number]>[]
        : T;

type SettingsOfOne<App> = App extends { readonly settings: infer S }
  ? { [Name in keyof S]: Setting<S[Name]> }
  : never;

type Together<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** The settings that apps declare, all together, each with the type of what it may be set to. */
export type SettingsOf<App extends AppDeclaration> = Together<SettingsOfOne<App>>;

/**
 * Declare an app, its models and their permissions. Returns the declaration itself with its
 * literal types kept, from which the names of permissions are derived.
 * Django: django/apps/config.py AppConfig; django/db/models/options.py default_permissions, permissions
 * @example
 * export const shopApp = defineApp({
 *   label: 'shop',
 *   verboseName: 'Shop',
 *   requires: ['auth'],
 *   models: { order: { verboseName: 'order', permissions: [['refund_order', 'Can refund order']] } },
 * });
 */
export function defineApp<const App extends AppDeclaration>(app: App): App {
  return app;
}

/**
 * The permissions of one model as codename and label, built-in ones first.
 * Django: contrib/auth/management/__init__.py _get_all_permissions
 */
export function permissionsOf(
  model: string,
  declaration: ModelDeclaration,
): PermissionDeclaration[] {
  const actions = declaration.defaultPermissions ?? DEFAULT_PERMISSIONS;
  const builtIn = actions.map(
    (action) => [`${action}_${model}`, `Can ${action} ${declaration.verboseName}`] as const,
  );
  return [...builtIn, ...(declaration.permissions ?? [])];
}

/**
 * The name of a model in the plural, as headings show it.
 * Django: django/db/models/options.py verbose_name_plural
 */
export function verboseNamePlural(declaration: ModelDeclaration): string {
  return declaration.verboseNamePlural ?? `${declaration.verboseName}s`;
}

/** A declared model with the names under which its content type and permissions stand. */
export type DeclaredModel = {
  appLabel: string;
  appVerboseName: string;
  model: string;
  declaration: ModelDeclaration;
};

/**
 * The models that apps declare, in the order of the declarations. Models of several apps under one
 * label are under the name of the first of these apps.
 * Django: apps.get_models()
 */
export function declaredModels(apps: readonly AppDeclaration[]): readonly DeclaredModel[] {
  const known = modelsOf.get(apps);
  if (known) return known;
  const names = new Map<string, string>();
  const models = apps.flatMap((app) =>
    Object.entries(app.models).map(([model, declaration]) => {
      const appLabel = declaration.appLabel ?? app.label;
      const appVerboseName = names.get(appLabel) ?? app.verboseName;
      names.set(appLabel, appVerboseName);
      return { appLabel, appVerboseName, model, declaration };
    }),
  );
  modelsOf.set(apps, models);
  return models;
}

const modelsOf = new WeakMap<readonly AppDeclaration[], readonly DeclaredModel[]>();

/**
 * The labels of all these apps but some: for settings.INSTALLED_APPS, where one line takes an app
 * out. A label that no app has does not compile.
 * Django: no counterpart; there the line is deleted
 */
export function without<App extends AppDeclaration>(
  apps: readonly App[],
  ...labels: App['label'][]
): App['label'][] {
  return apps.map(({ label }) => label).filter((label) => !labels.includes(label));
}
