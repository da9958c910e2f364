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
  /** By field name in TypeScript; `prisma/schema/<app>.prisma` says what fields there are. */
  readonly fields?: { readonly [field: string]: FieldDeclaration };
};

/** One installed app: Django's AppConfig and the Meta of its models in one declaration. */
export type AppDeclaration = {
  readonly label: string;
  readonly verboseName: string;
  readonly models: { readonly [model: string]: ModelDeclaration };
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

/** Every `app_label.codename` that an app declares, as a union of literals. */
export type PermissionNamesOf<App extends AppDeclaration> = App extends AppDeclaration
  ? {
      [M in keyof App['models'] & string]: `${App['label']}.${Codename<M, App['models'][M]>}`;
    }[keyof App['models'] & string]
  : never;

/**
 * Declare an app, its models and their permissions. Returns the declaration itself with its
 * literal types kept, from which the names of permissions are derived.
 * Django: django/apps/config.py AppConfig; django/db/models/options.py default_permissions, permissions
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
