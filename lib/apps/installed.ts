import { settings } from '@/lib/conf/settings';
import type { apps } from '@/lib/site/apps';
import { APPS, permissionNamesOf } from './declared';
import type { AppDeclaration, AppLink, ModelKeysOf, PermissionNamesOf } from './define-app';

type App = (typeof apps)[number];

/** The label of a declared app. */
export type AppLabel = App['label'];

/** `app_label.codename` of every declared permission: a misspelt one does not compile. */
export type PermissionName = PermissionNamesOf<App>;

/** `app_label.model` of every declared model. */
export type ModelKey = ModelKeysOf<App>;

const listsOf = new WeakMap<readonly string[], readonly AppDeclaration[]>();

/**
 * The apps that settings.INSTALLED_APPS lists, in the order of `lib/site/apps.ts`.
 * Django: apps.get_app_configs()
 */
export function installedApps(): readonly AppDeclaration[] {
  const labels: readonly string[] = settings.INSTALLED_APPS;
  const known = listsOf.get(labels);
  if (known) return known;
  const list = APPS.filter(({ label }) => labels.includes(label));
  listsOf.set(labels, list);
  return list;
}

/**
 * The installed apps without the models in whose place a setting names another: these have no content type and
 * no permissions.
 * Django: apps.get_models(), which leaves out what is swapped
 */
export function appsInUse(): AppDeclaration[] {
  return installedApps().map((app) => {
    const used = Object.entries(app.models).filter(
      ([name, { swappable }]) =>
        swappable === undefined || settings[swappable].toLowerCase() === `${app.label}.${name}`,
    );
    return { ...app, models: Object.fromEntries(used) };
  });
}

/**
 * Whether an app is in, by its label; false for a label that no app has.
 * Django: apps.is_installed
 */
export function isInstalled(label: string): boolean {
  return installedApps().some((app) => app.label === label);
}

/** Every declared permission as `app_label.codename`, in the order of the declarations. */
export const PERMISSION_NAMES: ReadonlySet<string> = permissionNamesOf(APPS);

/** The same of the models in use: what content types and permissions there are. */
export function permissionNamesInUse(): string[] {
  return [...permissionNamesOf(appsInUse())];
}

const namesOf = new WeakMap<readonly AppDeclaration[], ReadonlySet<string>>();

/**
 * Whether a text from outside, a command's argument say, is the name of a permission that an
 * installed app declares.
 */
export function isPermissionName(text: string): text is PermissionName {
  const installed = installedApps();
  const names = namesOf.get(installed) ?? permissionNamesOf(installed);
  namesOf.set(installed, names);
  return names.has(text);
}

/** Addresses that a stranger may see: settings.PUBLIC_PATHS, and what the installed apps declare. */
export function publicPaths(): readonly string[] {
  return [...settings.PUBLIC_PATHS, ...installedApps().flatMap((app) => app.publicPaths ?? [])];
}

/** Origins besides our own at which forms may end, as the installed apps say. */
export function formOrigins(): string[] {
  return installedApps().flatMap((app) => app.formOrigins?.(settings) ?? []);
}

/** Where open tabs are told what becomes of their session; null without an app that does. */
export function sessionStream(): string | null {
  return installedApps().find((app) => app.sessionStream !== undefined)?.sessionStream ?? null;
}

/** Whether an app is for the person alone, by its label: `isPersonal` of its declaration. */
export function isPersonal(label: string): boolean {
  return installedApps().some((app) => app.label === label && app.isPersonal === true);
}

/** Whether programs ask under this address: an installed app says so in `apiPaths`. */
export function isApiPath(pathname: string): boolean {
  return installedApps().some(({ apiPaths = [] }) =>
    apiPaths.some((prefix) => pathname.startsWith(prefix)),
  );
}

/** As much of a user as a link asks of. */
type LinkReader = {
  readonly isActive: boolean;
  readonly isStaff: boolean;
  hasPerm(perm: PermissionName): Promise<boolean>;
};

/**
 * The links of one kind that the installed apps declare and that this person is to be shown, in the
 * order of the apps.
 */
export async function linksFor(
  user: LinkReader,
  kind: 'headerLinks' | 'accountLinks',
): Promise<{ href: string; label: string }[]> {
  const shown: { href: string; label: string }[] = [];
  for (const { href, label, permission, ...link } of declaredLinks(kind)) {
    if (!isFor(link, user)) continue;
    if (
      permission === undefined ||
      (isPermissionName(permission) && (await user.hasPerm(permission)))
    ) {
      shown.push({ href, label });
    }
  }
  return shown;
}

const linksOf = new WeakMap<readonly AppDeclaration[], Map<string, readonly AppLink[]>>();

function declaredLinks(kind: 'headerLinks' | 'accountLinks'): readonly AppLink[] {
  const apps = installedApps();
  const known = linksOf.get(apps) ?? new Map<string, readonly AppLink[]>();
  linksOf.set(apps, known);
  const links =
    known.get(kind) ??
    apps
      .flatMap((app) => app[kind] ?? [])
      .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
  known.set(kind, links);
  return links;
}

function isFor(
  { isForStaff, setting }: Pick<AppLink, 'isForStaff' | 'setting'>,
  user: LinkReader,
): boolean {
  if (setting !== undefined && !isOn(Reflect.get(settings, setting))) return false;
  return !isForStaff || (user.isActive && user.isStaff);
}

function isOn(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value === true;
}
