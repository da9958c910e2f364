import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import type { AuthRequest } from '@/lib/contrib/auth';
import type { Permission, RequestUser, User } from '@/lib/contrib/auth/models';
import type { Source } from '@/lib/contrib/auth/permissions/decisions';
import type { HeldPermission } from '@/lib/contrib/auth/permissions/held-permissions';
import type { HolderQuery } from '@/lib/contrib/auth/permissions/holders';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { EmailBackend } from './email';
import { AllowAllUsersModelBackend, ModelBackend } from './model';
import { AllowAllUsersRemoteUserBackend, RemoteUserBackend } from './remote-user';

/** What somebody presents to be recognised, by name: `username` and `password`, a token, … */
export type Credentials = Readonly<Record<string, unknown>>;

/**
 * A way to recognise users and to grant permissions; every part is optional. A PermissionDenied
 * raised by `authenticate`, `hasPerm` or `hasModulePerms` is a final no: later backends are not
 * asked.
 * Django: docs/topics/auth/customizing "Specifying authentication backends"
 */
export interface Backend {
  /** The name by which settings and sessions call it. */
  readonly name: string;
  /** Whether `authenticate` understands credentials of these names; without it, all. */
  acceptsCredentials?(names: readonly string[]): boolean;
  /** The user, or null to let the next backend try. */
  authenticate?(request: AuthRequest | null, credentials: Credentials): Promise<User | null>;
  /**
   * The one name under which tries with these credentials are counted, however they are spelled: of
   * whoever they lead to, the username; of nobody, the spelling that all of its kind are brought to,
   * so that a count does not tell who exists. Null lets the next backend say, and in the end the
   * name counts as it was typed. A backend that compares more loosely than exactly needs it.
   */
  throttleKey?(credentials: Credentials): Promise<string | null>;
  /**
   * The user of a session, or null when that user may not use it. `loaded` is the row of that id
   * if the request has read it already, to spare a query.
   */
  getUser?(userId: number, loaded?: User): Promise<User | null>;
  /**
   * Whether the user holds the permission `app.codename`, on `obj` if one is given. Sources say
   * why, and none at all mean no.
   */
  hasPerm?(user: RequestUser, perm: string, obj?: unknown): Promise<boolean | readonly Source[]>;
  /** Whether the user holds any permission of the app. */
  hasModulePerms?(user: RequestUser, appLabel: string): Promise<boolean>;
  /** Every permission that this backend grants to the user, by `app.codename`. */
  getAllPermissions?(
    user: RequestUser,
    obj?: unknown,
  ): Promise<ReadonlyMap<string, HeldPermission>>;
  /** Everything that would make this backend grant the permission to somebody; for refusals. */
  possibleSources?(perm: string, obj?: unknown): Promise<readonly Source[]>;
  /** What this backend looks through for this user, whether it finds something there or not. */
  examinedSources?(user: User, perm: string, obj?: unknown): Promise<readonly Source[]>;
  /** The users who hold the permission; a backend without it knows none. */
  withPerm?(perm: string | Permission, query: HolderQuery): Promise<User[]>;
}

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ways to recognise users that settings.AUTHENTICATION_BACKENDS may list. */
    readonly backends?: readonly Backend[];
  }
}

const registry = new Map<string, Backend>(
  [
    new ModelBackend(),
    new AllowAllUsersModelBackend(),
    new RemoteUserBackend(),
    new AllowAllUsersRemoteUserBackend(),
    new EmailBackend(),
  ].map((backend) => [backend.name, backend]),
);

/**
 * Whether one of the configured backends may let people in whose account is inactive: Django's two
 * that do so, and any of one's own that is not built on ModelBackend.
 */
export function admitsInactive(): boolean {
  return getBackends().some(
    (backend) =>
      !(backend instanceof ModelBackend) ||
      backend instanceof AllowAllUsersModelBackend ||
      backend instanceof AllowAllUsersRemoteUserBackend,
  );
}

/**
 * Make a backend known under its name, so that `settings.AUTHENTICATION_BACKENDS` may list it. For
 * tests, which put back with what this returns; an app brings its own by its config.
 * Django: AUTHENTICATION_BACKENDS (dotted paths there)
 */
export function registerBackend(backend: Backend): () => void {
  const former = registry.get(backend.name);
  registry.set(backend.name, backend);
  return () => {
    if (former) registry.set(former.name, former);
    else registry.delete(backend.name);
  };
}

/**
 * The backend of this name, configured or not; null when no installed app brings it.
 * Django: contrib/auth/__init__.py load_backend (which raises ImportError)
 */
export function findBackend(name: string): Backend | null {
  return registry.get(name) ?? brought('backends').find((each) => each.name === name) ?? null;
}

/**
 * The backends of `settings.AUTHENTICATION_BACKENDS`, in order.
 * Throws ImproperlyConfigured when there is none, or one that nobody registered.
 * Django: contrib/auth/__init__.py get_backends, load_backend
 */
export function getBackends(): Backend[] {
  const names = settings.AUTHENTICATION_BACKENDS;
  if (names.length === 0) {
    throw new ImproperlyConfigured('AUTHENTICATION_BACKENDS is empty; name at least one backend.');
  }
  return names.map((name) => {
    const backend = findBackend(name);
    if (backend) return backend;
    const known = [...registry.keys(), ...brought('backends').map((each) => each.name)].join(', ');
    throw new ImproperlyConfigured(`AUTHENTICATION_BACKENDS names "${name}"; known are ${known}.`);
  });
}

/**
 * The name under which tries with these credentials are counted, as the first configured backend
 * says that knows; without one, the username as it was typed.
 * Django: no counterpart
 */
export async function throttleKeyOf(credentials: Credentials): Promise<string> {
  const names = Object.keys(credentials);
  for (const backend of getBackends()) {
    if (backend.acceptsCredentials?.(names) === false) continue;
    const key = await backend.throttleKey?.(credentials);
    if (typeof key === 'string') return key;
  }
  return String(credentials['username'] ?? '');
}
