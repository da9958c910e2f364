import type { HeldPermission, Source } from '@/lib/contrib/auth/permissions/sources';
import type { AuthRequest, RequestUser, User } from '@/lib/contrib/auth/users/user';

/** Which of those who hold a permission are wanted. */
export type HolderQuery = {
  /** Only active users, only inactive ones, or with null both. */
  isActive: boolean | null;
  includeSuperusers: boolean;
  /** Nothing is granted on a single object. */
  obj?: unknown;
};

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
  withPerm?(perm: string | { readonly id: number }, query: HolderQuery): Promise<User[]>;
}
