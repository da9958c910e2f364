import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import type { AuthRequest } from './auth';
import type { Source } from './explain';
import { type HeldPermission, loadGrants } from './grants';
import { makePassword } from './hashers';
import type { RequestUser, User } from './models';
import { getUserModel } from './user-model';

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
}

/**
 * A backend that recognises nobody; what it grants is what `getAllPermissions` lists.
 * Django: contrib/auth/backends.py BaseBackend
 */
export abstract class BaseBackend implements Backend {
  abstract readonly name: string;

  async authenticate(
    _request: AuthRequest | null,
    _credentials: Credentials,
  ): Promise<User | null> {
    return null;
  }

  async getUser(_userId: number, _loaded?: User): Promise<User | null> {
    return null;
  }

  async getAllPermissions(
    _user: RequestUser,
    _obj?: unknown,
  ): Promise<ReadonlyMap<string, HeldPermission>> {
    return new Map();
  }

  async hasPerm(
    user: RequestUser,
    perm: string,
    obj?: unknown,
  ): Promise<boolean | readonly Source[]> {
    return (await this.getAllPermissions(user, obj)).get(perm)?.sources ?? [];
  }

  async hasModulePerms(user: RequestUser, appLabel: string): Promise<boolean> {
    const held = await this.getAllPermissions(user);
    return [...held.keys()].some((perm) => perm.startsWith(`${appLabel}.`));
  }
}

/**
 * Usernames and passwords of `auth_user`; permissions granted directly and through groups. Inactive
 * users are refused, at sign-in and at each request, and hold nothing. Nothing is granted on a
 * single object. All that it knows of a user's permissions costs one statement per user instance.
 * Django: contrib/auth/backends.py ModelBackend
 */
export class ModelBackend extends BaseBackend {
  readonly name: string = 'ModelBackend';

  override async authenticate(
    _request: AuthRequest | null,
    { username, password }: Credentials,
  ): Promise<User | null> {
    if (typeof username !== 'string' || typeof password !== 'string') return null;
    const user = await getUserModel().getByNaturalKey(username);
    if (!user) {
      // As much work as for a user who exists, so that response time does not tell who does.
      await makePassword(password);
      return null;
    }
    const isRight = await user.checkPassword(password);
    return isRight && this.userCanAuthenticate(user) ? user : null;
  }

  /** Whether this user may sign in and stay; a subclass may let inactive ones in. */
  userCanAuthenticate(user: User): boolean {
    return user.isActive;
  }

  override async getUser(userId: number, loaded?: User): Promise<User | null> {
    const user = loaded?.id === userId ? loaded : await getUserModel().getById(userId);
    return user && this.userCanAuthenticate(user) ? user : null;
  }

  override async getAllPermissions(
    user: RequestUser,
    obj?: unknown,
  ): Promise<ReadonlyMap<string, HeldPermission>> {
    const isAboutObject = obj !== undefined && obj !== null;
    if (!user.isAuthenticated || !user.isActive || isAboutObject) return new Map();
    return (await loadGrants(user)).permissions;
  }
}

const registry = new Map<string, Backend>(
  [new ModelBackend()].map((backend) => [backend.name, backend]),
);

/**
 * Make a backend known under its name, so that `settings.AUTHENTICATION_BACKENDS` may list it. A
 * project adds its backend to the list above; tests register and put back with what this returns.
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
    const backend = registry.get(name);
    if (backend) return backend;
    const known = [...registry.keys()].join(', ');
    throw new ImproperlyConfigured(`AUTHENTICATION_BACKENDS names "${name}"; known are ${known}.`);
  });
}
