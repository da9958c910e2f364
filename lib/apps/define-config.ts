import type { SystemCheck } from '@/lib/core/checks/registry';
import type { Command } from '@/lib/core/management/base';
import type { Signal } from '@/lib/dispatch';
import type { PermissionName } from './installed';

/** As much of who looks at a page as a config asks of. */
export interface Viewer {
  readonly id: number;
  readonly isActive: boolean;
  readonly isStaff: boolean;
  readonly isSuperuser: boolean;
  /** What their token carries; null for somebody who asks in person. */
  readonly attenuation: { has(perm: string): boolean } | null;
  /** Who really asks, where somebody acts as this user. */
  readonly impersonator: { readonly id: number } | null;
  getUsername(): string;
  hasPerm(perm: PermissionName, obj?: unknown): Promise<boolean>;
}

/** A page of the admin that is no model's: in its rail and in the command palette. */
export interface AdminLink {
  readonly href: string;
  readonly label: string;
  /** The letter that leads there after `g`. */
  readonly key?: string;
  /** Whoever holds one of these is shown the link. */
  readonly permissions: readonly [PermissionName, ...PermissionName[]];
}

/** One place that the command palette leads to. */
export type PaletteItem = {
  readonly kind:
    | 'Page'
    | 'Model'
    | 'Person'
    | 'Group'
    | 'Why'
    | 'Offboard'
    | 'Who'
    | 'List'
    | 'Sessions'
    | 'Password';
  readonly label: string;
  /** What tells it from others of the same label; '' for nothing. */
  readonly detail: string;
  readonly href: string;
};

/** Somebody whom the palette has found. */
export type FoundPerson = {
  readonly id: number;
  readonly label: string;
  readonly isSuperuser: boolean;
  readonly isActive: boolean;
};

/**
 * What an app adds to the command palette: pages that their label finds, what else a text finds, deeds
 * at a person, and words that ask for something, such as `why NAME`, with what stands behind the word.
 * Each says only what the viewer may see.
 */
export type PaletteEntries = {
  finds?(viewer: Viewer, text: string): Promise<PaletteItem[]>;
  /** Shown below a person who is meant; `NAME` stands in their labels. */
  personDeeds?(viewer: Viewer, person: FoundPerson): Promise<PaletteItem[]>;
  pages?(viewer: Viewer): { readonly href: string; readonly label: string }[];
  verbs?: {
    readonly [verb: string]: (
      viewer: Viewer,
      words: readonly [string, ...string[]],
    ) => Promise<PaletteItem[]>;
  };
};

/** What an app adds to the demonstration that `manage seed` makes. */
export type DemoData = {
  /** The groups it needs, by name, with what each may do. */
  readonly groups: { readonly [name: string]: readonly PermissionName[] };
  /** What its rows are called, in the plural. */
  readonly noun: string;
  /**
   * Make the rows that are missing; resolves to how many. `nameOf` gives the name by which the person
   * of a username is found.
   */
  add(nameOf: (username: string) => string): Promise<number>;
};

/** A signal and who listens to it, until it is connected; gives what disconnects it. */
export type Receiver = { connect(isIn: () => boolean): () => void };

/**
 * Let a function listen to a signal for as long as its app is in.
 * Django: django/dispatch/dispatcher.py receiver
 * @example
 * defineConfig('shop', {
 *   receivers: [receiver(userLoggedOut, ({ user }) => console.info(user?.getUsername()))],
 * });
 */
export function receiver<Payload>(
  signal: Signal<Payload>,
  listen: (payload: Payload) => void | Promise<void>,
): Receiver {
  return {
    connect: (isIn) => signal.connect((payload) => (isIn() ? listen(payload) : undefined)),
  };
}

/**
 * What an app brings to the server; every part is optional, and each is a list, to which any app may
 * add. The rooms of the house above this one add parts of their own to this interface where they
 * are read: `backends` in auth, `admins` in the admin, and so on.
 * Django: django/apps/config.py AppConfig
 */
export interface AppConfig {
  readonly label: string;
  /** System checks that need no database. */
  readonly checks?: readonly SystemCheck[];
  /** System checks that ask the database. */
  readonly databaseChecks?: readonly SystemCheck[];
  /** What matters only where others can reach the server: `manage check --deploy`. */
  readonly deployChecks?: readonly SystemCheck[];
  /** Commands of `manage` by name, each loaded when it is called. */
  readonly commands?: { readonly [name: string]: () => Promise<{ command: Command }> };
  readonly receivers?: readonly Receiver[];
  readonly adminLinks?: readonly AdminLink[];
  readonly paletteEntries?: readonly PaletteEntries[];
  /** What `manage seed` makes of it, loaded when it does. */
  readonly demos?: readonly (() => Promise<DemoData>)[];
  /** Runs once when the app is loaded, if it is in. */
  ready?(): void;
}

/**
 * Declare what an app brings to the server. `label` is its declaration's; `lib/site/app-configs.ts`
 * lists it.
 * Django: django/apps/config.py AppConfig
 * @example
 * export const shopConfig = defineConfig('shop', {
 *   receivers: [receiver(userLoggedIn, async ({ user }) => console.info(`${user.id} is here`))],
 * });
 */
export function defineConfig(label: string, brings: Omit<AppConfig, 'label'>): AppConfig {
  return { label, ...brings };
}
