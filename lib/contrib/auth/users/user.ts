import type { PermissionName } from '@/lib/apps/installed';
import type { Effort } from '@/lib/contrib/auth/hashers';
import type { Session } from '@/lib/contrib/sessions/session';

/** What of a user is no secret, as rows and forms name it. */
interface UserFields {
  readonly id: number;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  isStaff: boolean;
  isActive: boolean;
  isSuperuser: boolean;
  dateJoined: Date;
  lastLogin: Date | null;
}

/** As much of a user's model as the user's permissions and copies need; a UserModel is one. */
interface UserMeta {
  readonly name: string;
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly groups: { readonly table: string; readonly column: string } | null;
  readonly userPermissions: { readonly table: string; readonly column: string } | null;
  fromRow(row: never): User;
}

/**
 * The permissions, `app.codename`, that whoever makes a request may use at most, whatever they hold: those
 * that their token carries.
 */
export type Attenuation = Pick<ReadonlySet<string>, 'has'>;

/**
 * The questions about permissions that one can ask of whoever makes a request.
 * Django: contrib/auth/models.py PermissionsMixin
 */
interface Permitted {
  /** Null for somebody who asks in person. */
  attenuation: Attenuation | null;
  /** Who really asks, where somebody acts as this user; the log names them. Null in person. */
  impersonator: User | null;
  hasPerm(perm: PermissionName, obj?: unknown): Promise<boolean>;
  hasPerms(perms: Iterable<PermissionName>, obj?: unknown): Promise<boolean>;
  hasModulePerms(appLabel: string): Promise<boolean>;
  getUserPermissions(obj?: unknown): Promise<Set<string>>;
  getGroupPermissions(obj?: unknown): Promise<Set<string>>;
  getAllPermissions(obj?: unknown): Promise<Set<string>>;
}

/**
 * Somebody who signs in, as backends, signals and whoever else is asked by the model itself know
 * them. The class is `User` of `models.ts`, which stands above them: what it uses must not need it.
 * Django: contrib/auth/models.py AbstractUser
 */
export interface User extends UserFields, Permitted {
  readonly isAuthenticated: true;
  readonly isAnonymous: false;
  readonly meta: UserMeta;
  backend: string | null;
  getUsername(): string;
  getFullName(): string;
  getShortName(): string;
  naturalKey(): [username: string];
  toString(): string;
  equals(other: RequestUser): boolean;
  encodedPassword(): string;
  setPassword(password: string | null): Promise<void>;
  setUnusablePassword(): Promise<void>;
  hasUsablePassword(): boolean;
  checkPassword(password: string | null, efforts?: readonly Effort[]): Promise<boolean>;
  getSessionAuthHash(): string;
  getSessionAuthFallbackHashes(): string[];
  save(updateFields?: readonly ('password' | Exclude<keyof UserFields, 'id'>)[]): Promise<void>;
  delete(): Promise<boolean>;
}

/**
 * Nobody in particular, likewise.
 * Django: contrib/auth/models.py AnonymousUser
 */
export interface Stranger extends Permitted {
  readonly id: null;
  readonly username: '';
  readonly isActive: false;
  readonly isStaff: false;
  readonly isSuperuser: false;
  readonly isAuthenticated: false;
  readonly isAnonymous: true;
  getUsername(): string;
  toString(): string;
  equals(other: RequestUser): boolean;
}

/** Whoever makes a request; `isAuthenticated` tells which of the two it is, to the compiler too. */
export type RequestUser = User | Stranger;

/**
 * A try to sign in that was counted before it was made: under which keys, the how many-th it is, and
 * from which one on waiting begins. Made by whoever counts; kept by who signs in until the try has
 * succeeded.
 */
export type LoginAttempt = {
  readonly tries: number;
  readonly free: number;
  readonly keys: {
    readonly account: string;
    readonly network: string;
    readonly device?: string | null;
  };
};

/** As much of a request as signing in and out needs. */
export interface AuthRequest {
  user: RequestUser;
  session: Session;
  /** Who asks, for the session's row. */
  readonly ipAddress?: string;
  readonly userAgent?: string;
  readonly headers?: Pick<Headers, 'get'>;
  /** The try to sign in that this request makes, where one is counted. */
  attempt?: LoginAttempt | null;
  /** Whom the name that was typed leads to, where it has been looked up already: no proof of anything. */
  candidate?: { readonly name: string; readonly user: User | null } | null;
}
