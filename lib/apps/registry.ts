import type { AppConfig } from './define-config';
import { installedApps, isInstalled } from './installed';

/** The parts of a config that are lists. */
type ListPart = {
  [K in keyof AppConfig]-?: NonNullable<AppConfig[K]> extends readonly unknown[] ? K : never;
}[keyof AppConfig];

/** What stands in the list of one part. */
type Item<K extends ListPart> = NonNullable<AppConfig[K]>[number];

let configs: readonly AppConfig[] = [];
let installed = new WeakMap<object, readonly AppConfig[]>();
let disconnect: (() => void)[] = [];

/**
 * Take in what the apps bring to the server: connects their receivers and calls `ready` of those
 * that are in. Once in each process, and in each bundle that Next.js makes; called again it begins
 * anew. `lib/site/app-configs.ts` calls it, and is imported by the guards of every app, by `manage`,
 * by what starts the server and by tests.
 * Django: apps.populate()
 */
export function populate(all: readonly AppConfig[]): void {
  for (const undo of disconnect) undo();
  configs = all;
  installed = new WeakMap();
  disconnect = all.flatMap(({ label, receivers = [] }) =>
    receivers.map(({ connect }) => connect(() => isInstalled(label))),
  );
  for (const config of installedConfigs()) config.ready?.();
}

/** The configs of all apps of the site, in or out, in the order of the list. */
export function allConfigs(): readonly AppConfig[] {
  return configs;
}

/** The configs of the installed apps, in the order of the list. */
export function installedConfigs(): readonly AppConfig[] {
  const apps = installedApps();
  const known = installed.get(apps);
  if (known) return known;
  const found = configs.filter(({ label }) => isInstalled(label));
  installed.set(apps, found);
  return found;
}

/** What the installed apps bring of one part, all together, in the order of the list. */
export function brought<K extends ListPart>(part: K): readonly Item<K>[] {
  return installedConfigs().flatMap((config): readonly Item<K>[] => config[part] ?? []);
}
